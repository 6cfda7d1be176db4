// Films for Chromium's fake camera: JPEGs one after the other, drawn in a browser.
import { chromium } from 'playwright-core';
import { drawBody } from './draw-body.js';
import { drawHand } from './draw-hand.js';

const FRAMES = 24;

/** What a film shows. */
export interface Film {
  /** Runs in a page: the picture of a moment, as a JPEG's data URL. */
  readonly draw: (moment: number) => string;
  /** The moment of an angle; a film goes once round, from 0 to 2π. */
  readonly momentOf: (turn: number) => number;
}

/** A hand that waves, and a body that lifts its left arm. */
export const films = {
  hand: { draw: drawHand, momentOf: (turn) => 30 * Math.sin(turn) },
  body: { draw: drawBody, momentOf: (turn) => (1 - Math.cos(turn)) / 2 },
} as const satisfies Record<string, Film>;

/** The bytes of an mjpeg file. */
export async function drawFilm(executablePath: string, { draw, momentOf }: Film): Promise<Buffer> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  const pictures: string[] = [];
  for (let frame = 0; frame < FRAMES; frame++) {
    pictures.push(await page.evaluate(draw, momentOf((2 * Math.PI * frame) / FRAMES)));
  }
  await browser.close();
  return Buffer.concat(pictures.map((url) => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')));
}
