import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumPath, describeWith } from '../../test/support/tools.js';
import { drawHand } from './draw-hand.js';
import { type Opened, openBrowser, openPage, type Watched } from './open-studio.js';

const FRAMES = 24;
/** Time that the camera stays open, in milliseconds. */
const WATCHED = 6000;

describeWith('Chromium', 'the real models of landmarks', () => {
  let folder: string;
  let opened: Opened;
  let watched: Watched;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'anyrate-camera-'));
    const clip = join(folder, 'hand.mjpeg');
    writeFileSync(clip, await drawClip());
    opened = await openBrowser(clip);
    watched = await openPage(opened, { hasRealDetector: true });
  }, 120_000);

  afterAll(async () => {
    await opened?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a hand is found in a picture of a camera, and recorded; nobody else is asked for anything', async () => {
    const { page, asked, faults } = watched;
    expect(asked.filter((url) => /models|vision/.test(url))).toEqual([]);
    await page.getByLabel('Name of a movement').fill('wave');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Open the camera' }).click();
    await page.getByText('The camera is open.').waitFor({ timeout: 60_000 });
    await page.waitForTimeout(WATCHED);
    await page.keyboard.down('Space');
    await page.waitForTimeout(3000);
    await page.keyboard.up('Space');
    await page.getByText(/^Recorded wave/).waitFor();
    await page.getByRole('button', { name: 'Close the camera' }).click();
    const [clip] = await page.evaluate(keptClips);
    expect(clip).toMatchObject({ label: 'wave', joints: 21, persons: 1 });
    expect(clip.frames).toBeGreaterThan(3);
    expect(clip.seen).toBeGreaterThan(0.5);
    // Joint 12 is the tip of the middle finger, which points up from the wrist.
    expect(clip.tip).toBeLessThan(clip.wrist);
    expect(asked.some((url) => url.endsWith('models/hand.task'))).toBe(true);
    expect(asked.filter((url) => !url.startsWith(opened.url) && !/^(data|blob):/.test(url))).toEqual([]);
    // MediaPipe says what it does by the way of errors.
    expect(faults.filter((fault) => !/^INFO: |Metadata is missing|\.cc:\d+\]/.test(fault))).toEqual([]);
  }, 120_000);
});

/** A camera's film of a hand that waves, JPEGs one after the other; drawn in a browser. */
async function drawClip(): Promise<Buffer> {
  const browser = await chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  const pictures: string[] = [];
  for (let frame = 0; frame < FRAMES; frame++) {
    pictures.push(await page.evaluate(drawHand, 30 * Math.sin((2 * Math.PI * frame) / FRAMES)));
  }
  await browser.close();
  return Buffer.concat(pictures.map((url) => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')));
}

/** Runs in the page: what the studio kept. `seen` is the share of frames in which the hand was found. */
function keptClips() {
  interface Kept {
    label: string;
    frames: number;
    persons: number;
    joints: number;
    positions: Float32Array;
  }
  return new Promise<(Omit<Kept, 'positions'> & { seen: number; wrist: number; tip: number })[]>((resolve) => {
    const opening = indexedDB.open('anyrate-studio');
    opening.onsuccess = () => {
      const reading = opening.result.transaction('clips').objectStore('clips').getAll();
      reading.onsuccess = () =>
        resolve(
          (reading.result as Kept[]).map(({ positions, ...clip }) => {
            const frames = Array.from({ length: clip.frames }, (_, i) => positions.subarray(i * 63, (i + 1) * 63));
            const found = frames.filter((frame) => !Number.isNaN(frame[0]));
            return { ...clip, seen: found.length / clip.frames, wrist: found[0][1], tip: found[0][12 * 3 + 1] };
          }),
        );
      opening.result.close();
    };
  });
}
