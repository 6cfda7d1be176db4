import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumPath } from '../../scripts/chromium.js';
import { describeWith } from '../../test/support/tools.js';
import { drawFilm, films } from './camera-film.js';
import { type Opened, openBrowser, openPage, type Watched } from './open-studio.js';

/** Time that the camera stays open, and that the page is watched after it was closed, in milliseconds: longer than a minute. */
const WATCHED = 70_000;
const WATCHED_AFTER = 5_000;
const POSE_JOINTS = 33;

describeWith('Chromium', 'the real models of landmarks', () => {
  let folder: string;
  let opened: Opened;
  let watched: Watched;

  const openWith = async (subject: keyof typeof films) => {
    const clip = join(folder, `${subject}.mjpeg`);
    writeFileSync(clip, await drawFilm(chromiumPath!, films[subject]));
    opened = await openBrowser({ camera: clip });
    watched = await openPage(opened, { hasRealDetector: true });
  };

  const record = async (name: string, wait = 0) => {
    const { page } = watched;
    await page.getByLabel('Name of a movement').fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Open the camera' }).click();
    await page.getByText('The camera is open.').waitFor({ timeout: 60_000 });
    await page.waitForTimeout(wait);
    await page.keyboard.down('Space');
    await page.waitForTimeout(3000);
    await page.keyboard.up('Space');
    await page.getByText(`Recorded ${name}`).waitFor();
    await page.getByRole('button', { name: 'Close the camera' }).click();
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'anyrate-camera-'));
  });

  afterAll(async () => {
    await opened?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a hand is found and recorded; nobody else is asked for anything in more than a minute', async () => {
    await openWith('hand');
    const { page, asked, faults } = watched;
    expect(asked.filter((url) => /models|vision/.test(url))).toEqual([]);
    await record('wave', WATCHED);
    await page.waitForTimeout(WATCHED_AFTER);
    const [clip] = await page.evaluate(keptClips);
    expect(clip).toMatchObject({ label: 'wave', joints: 21, persons: 1 });
    expect(clip.frames.length).toBeGreaterThan(3);
    expect(shareSeen(clip)).toBeGreaterThan(0.5);
    // Joint 12 is the tip of the middle finger, which points up from the wrist.
    const [first] = seenFrames(clip);
    expect(first[12 * 3 + 1]).toBeLessThan(first[1]);
    expect(asked.some((url) => url.endsWith('models/hand.task'))).toBe(true);
    expect(asked.filter((url) => !url.startsWith(opened.url) && !/^(data|blob):/.test(url))).toEqual([]);
    // MediaPipe says what it does by the way of errors.
    expect(faults.filter((fault) => !/^INFO: |Metadata is missing|\.cc:\d+\]/.test(fault))).toEqual([]);
  }, 240_000);

  test('with the net cut, the page opens again, and finds hands', async () => {
    const { page } = watched;
    opened.server.close();
    opened.server.closeAllConnections();
    await page.reload();
    await page.getByText('1 recordings').waitFor();
    await record('again');
    await page.getByText('2 recordings').waitFor();
    await opened.close();
  }, 120_000);

  test('a body is found, and an arm that goes up and down', async () => {
    await openWith('body');
    const { page } = watched;
    await page.getByRole('combobox', { name: 'What moves' }).selectOption('body');
    await record('lift');
    const [clip] = await page.evaluate(keptClips);
    expect(clip).toMatchObject({ label: 'lift', joints: POSE_JOINTS, persons: 1 });
    expect(shareSeen(clip)).toBeGreaterThan(0.5);
    // Joint 15 is the left wrist, 11 the left shoulder, 23 the left hip; y grows downwards.
    const y = (joint: number) =>
      seenFrames(clip)
        .map((frame) => frame[joint * 3 + 1])
        .filter((value) => !Number.isNaN(value));
    expect(Math.min(...y(15))).toBeLessThan(Math.min(...y(11)));
    expect(Math.max(...y(15))).toBeGreaterThan(Math.max(...y(11)) + 0.1);
    expect(Math.min(...y(23))).toBeGreaterThan(Math.max(...y(11)));
  }, 180_000);
});

/** A recording as the studio kept it, a list of numbers a frame. */
interface KeptClip {
  readonly label: string;
  readonly persons: number;
  readonly joints: number;
  readonly frames: readonly (readonly number[])[];
}

function seenFrames({ frames }: KeptClip): readonly (readonly number[])[] {
  return frames.filter((frame) => frame.some((value) => !Number.isNaN(value)));
}

function shareSeen(clip: KeptClip): number {
  return seenFrames(clip).length / clip.frames.length;
}

/** Runs in the page: the recordings that the studio keeps. */
function keptClips(): Promise<KeptClip[]> {
  type Kept = Omit<KeptClip, 'frames'> & { readonly frames: number; readonly positions: Float32Array };
  return new Promise((resolve) => {
    const opening = indexedDB.open('anyrate-studio');
    opening.onsuccess = () => {
      const reading = opening.result.transaction('clips').objectStore('clips').getAll();
      reading.onsuccess = () =>
        resolve(
          (reading.result as Kept[]).map(({ label, persons, joints, frames, positions }) => {
            const size = persons * joints * 3;
            const numbers = Array.from({ length: frames }, (_, i) => [...positions.slice(i * size, (i + 1) * size)]);
            return { label, persons, joints, frames: numbers };
          }),
        );
      opening.result.close();
    };
  });
}
