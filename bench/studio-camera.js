// node bench/studio-camera.js [--seconds 30]
// Whether the studio's page goes on while its camera is open and the real models of landmarks run, in Chromium whose fake camera
// shows a drawn hand, and then a body: gaps between the page's frames in milliseconds, and landmarks a second. First without a camera.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../scripts/chromium.js';
import { serveStudio } from '../studio/serve.js';

const options = { seconds: { type: 'string', default: '30' } };
const seconds = Number(parseArgs({ options }).values.seconds);
const FILMS = new URL('../.cache/camera-film.js', import.meta.url);

await build({
  entryPoints: ['studio/test/camera-film.ts'],
  bundle: true,
  packages: 'external',
  format: 'esm',
  outfile: FILMS.pathname,
});
const { drawFilm, films } = await import(FILMS.href);
const folder = mkdtempSync(join(tmpdir(), 'anyrate-films-'));
const server = await serveStudio({ port: 0 });
try {
  for (const subject of ['none', 'hand', 'body']) console.log(subject, await measure(subject));
} finally {
  server.close();
  rmSync(folder, { recursive: true });
}

async function measure(subject) {
  const film = join(folder, `${subject}.mjpeg`);
  if (subject !== 'none') writeFileSync(film, await drawFilm(chromiumPath, films[subject]));
  const camera = subject === 'none' ? [] : [`--use-file-for-fake-video-capture=${film}`];
  const media = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', ...camera];
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', ...media],
  });
  const page = await browser.newPage({ locale: 'en-GB' });
  await page.addInitScript(countAnswers);
  await page.goto(`http://localhost:${server.address().port}/#record`);
  if (subject !== 'none') await openCamera(page, subject);
  const found = await page.evaluate(watchFrames, seconds * 1000);
  await browser.close();
  return found;
}

async function openCamera(page, subject) {
  if (subject === 'body') await page.getByRole('combobox', { name: 'What moves' }).selectOption('body');
  await page.getByLabel('Name of a movement').fill('wave');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open the camera' }).click();
  await page.getByText('The camera is open.').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(3000);
}

/** Runs in the page before its scripts: counts what workers send. */
function countAnswers() {
  globalThis.answers = 0;
  globalThis.Worker = class extends globalThis.Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', () => globalThis.answers++);
    }
  };
}

/** Runs in the page. */
function watchFrames(duration) {
  return new Promise((resolve) => {
    const gaps = [];
    const before = globalThis.answers;
    let last = performance.now();
    const end = last + duration;
    requestAnimationFrame(function next() {
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      if (now < end) return requestAnimationFrame(next);
      gaps.sort((a, b) => a - b);
      const at = (share) => Number(gaps[Math.min(gaps.length - 1, Math.floor(share * gaps.length))].toFixed(1));
      const landmarks = (1000 * (globalThis.answers - before)) / duration;
      resolve({
        frames: gaps.length,
        median: at(0.5),
        p95: at(0.95),
        most: at(1),
        landmarks: Number(landmarks.toFixed(1)),
      });
    });
  });
}
