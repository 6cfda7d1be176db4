// Builds the studio, serves it, and opens it in Chromium.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../../scripts/chromium.js';
import { serveStudio } from '../serve.js';
import { handAt, LATER, MOVEMENTS, type Movement } from './movements.js';

const BUILD = fileURLToPath(new URL('../build.js', import.meta.url));

/** A camera that shows a test picture, and no services of the browser itself. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-3d-apis',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-fake-ui-for-media-stream',
];

/** A built studio that is served, and a browser for it. */
export interface Opened {
  readonly url: string;
  /** Where its files are. */
  readonly folder: string;
  readonly server: Server;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

/** How a studio is served and its browser started. */
export interface BrowserOptions {
  /** An mjpeg file that the camera shows; by default Chromium's own test picture. */
  readonly camera?: string;
  /** A port that the page may post to. */
  readonly webhook?: number;
  /** More arguments of Chromium. */
  readonly args?: readonly string[];
}

export async function openBrowser({ camera, webhook, args = [] }: BrowserOptions = {}): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-studio-site-'));
  execFileSync(process.execPath, [BUILD, folder], { stdio: 'inherit' });
  const server: Server = await serveStudio({ port: 0, folder, webhook });
  const fake =
    camera === undefined
      ? ['--use-fake-device-for-media-stream=fps=60']
      : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`];
  const browser = await chromium.launch({ executablePath: chromiumPath!, args: [...ARGUMENTS, ...fake, ...args] });
  const close = async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  };
  return { url: `http://localhost:${(server.address() as { port: number }).port}/`, folder, server, browser, close };
}

/** What a page did: every address that was asked for, and what went wrong in it. */
export interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly asked: string[];
  readonly faults: string[];
}

/** A page of a fresh profile, in English unless said otherwise. */
export async function openPage(
  { browser, url }: Opened,
  options: Parameters<Browser['newContext']>[0] & { readonly hasRealDetector?: boolean } = {},
): Promise<Watched> {
  const { hasRealDetector = false, ...rest } = options;
  const context = await browser.newContext({ locale: 'en-GB', ...rest });
  const asked: string[] = [];
  const faults: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await context.addInitScript(readKept);
  if (!hasRealDetector) await context.addInitScript(performHands, scores());
  const page = await context.newPage();
  await page.goto(url);
  return { context, page, asked, faults };
}

/** What the page's detector sees, set by the test. */
export interface Stage {
  /** Undefined: nobody is there. */
  movement: string | undefined;
  who: number;
  take: number;
  /** Pictures since the movement began. */
  pictures: number;
  /** The detector fails. */
  isBroken: boolean;
}

declare const stage: Stage;

/** Pictures of a movement from its beginning to its end. */
export const PERIOD = 16;

/** Who performs, and how often each movement. */
export const PERSONS = 2;
export const TAKES = 5;

/** Every picture of every performance, by movement, person and take; no two takes are the same. */
function scores(): Record<string, number[][]> {
  const pictures = Array.from({ length: PERIOD }, (_, i) => i / PERIOD);
  const movements: readonly Movement[] = [...MOVEMENTS, LATER];
  const numbers = movements.flatMap((movement) =>
    Array.from({ length: PERSONS * TAKES }, (_, i) => {
      const [who, take] = [i % PERSONS, Math.floor(i / PERSONS)];
      const hands = pictures.map((phase) => handAt(movement, phase, who, take).map((x) => Number(x.toPrecision(6))));
      return [`${movement}/${who}/${take}`, hands] as const;
    }),
  );
  return Object.fromEntries(numbers);
}

/** Runs in the page before its own scripts: a detector that sees what the test wants, 20 pictures a second by its own clock. */
function performHands(scores: Record<string, number[][]>): void {
  const stage: Stage = { movement: undefined, who: 0, take: 0, pictures: 0, isBroken: false };
  const nobody = Array.from({ length: 63 }, () => Number.NaN);
  let clock = 0;
  const detector = {
    init: async () => {},
    detect: async (picture: ImageBitmap) => {
      picture.close();
      if (stage.isBroken) throw new Error('broken');
      clock += 0.05;
      const score = scores[`${stage.movement}/${stage.who}/${stage.take}`];
      const seen = score === undefined ? nobody : score[stage.pictures % score.length];
      stage.pictures++;
      return { positions: Float32Array.from(seen), seconds: clock };
    },
    close: () => {},
  };
  Object.assign(globalThis, { stage, anyrateStudio: { startDetector: () => detector } });
}

/** Runs in the page: lets a test read what the studio keeps in IndexedDB. */
function readKept(): void {
  const keptFact = (key: string) =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open('anyrate-studio');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const reading = opening.result.transaction('facts').objectStore('facts').get(key);
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => reject(reading.error);
        opening.result.close();
      };
    });
  Object.assign(globalThis, { keptFact });
}

/**
 * Holds Space until so many pictures of a performance were seen, all of them while it recorded; before them nobody is there.
 */
export async function perform(
  page: Page,
  performance: Pick<Stage, 'movement' | 'who' | 'take'>,
  pictures: number,
): Promise<void> {
  await page.evaluate(() => Object.assign(stage, { movement: undefined }));
  await page.keyboard.down('Space');
  await page.locator('[data-records].recording').waitFor();
  await page.evaluate((next) => Object.assign(stage, next, { pictures: 0 }), performance);
  await page.waitForFunction((wanted) => stage.pictures >= wanted, pictures);
  await page.keyboard.up('Space');
}

/** Goes to a step by its link. */
export async function goTo(page: Page, step: string): Promise<void> {
  await page.getByRole('link', { name: step, exact: true }).click();
  await page.getByRole('heading', { level: 2, name: step }).waitFor();
}

/** A network that is good enough to look at. */
export async function trainReady(page: Page): Promise<void> {
  await goTo(page, 'Record');
  await page.getByRole('button', { name: 'Try it with ready recordings' }).click();
  await page.getByText('144 recordings were read.').waitFor();
  await goTo(page, 'Train');
  await page.getByText('Settings').click();
  await page.getByLabel(/^Rounds/).fill('4');
  await page.getByLabel(/^Try out recipes/).uncheck();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByText(/^Trained: /).waitFor({ timeout: 60_000 });
}
