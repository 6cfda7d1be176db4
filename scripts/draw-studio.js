// Draws the pictures of docs/studio.md: the studio in Chromium, on its ready recordings, in the sizes and colours that people have.
//   npm run build && node scripts/draw-studio.js [FOLDER]
// Look at every picture afterwards; docs/studio/ is where they go by default.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serveStudio } from '../studio/serve.js';
import { chromiumPath } from './chromium.js';

const out = process.argv[2] ?? 'docs/studio';
const [DESKTOP, PHONE] = [1100, 390];
/** Fewer than people take: the pictures show a network, not how good it becomes. */
const ROUNDS = '40';

const folder = mkdtempSync(join(tmpdir(), 'anyrate-studio-'));
execFileSync(process.execPath, ['studio/build.js', folder], { stdio: 'inherit' });
const server = await serveStudio({ port: 0, folder });
const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
mkdirSync(out, { recursive: true });
try {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: DESKTOP, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  await page.goto(`http://localhost:${server.address().port}/`);
  await page.getByRole('button', { name: 'Try it with ready recordings' }).waitFor();
  await draw(page, 'record');
  await record(page);
  await train(page);
  await draw(page, 'train');
  await page.emulateMedia({ colorScheme: 'dark' });
  await recognise(page);
  await draw(page, 'try-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await draw(page, 'phone', PHONE);
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
}

async function goTo(page, step) {
  await page.getByRole('link', { name: step, exact: true }).click();
  await page.getByRole('heading', { level: 2, name: step }).waitFor();
}

async function record(page) {
  await page.getByRole('button', { name: 'Try it with ready recordings' }).click();
  await page.getByText('144 recordings were read.').waitFor();
}

async function train(page) {
  await goTo(page, 'Train');
  await page.getByText('Settings').click();
  await page.getByLabel(/^Rounds/).fill(ROUNDS);
  await page.getByLabel(/^Try out recipes/).uncheck();
  await page.getByText('Settings').click();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByText(/^Trained: /).waitFor();
}

/** Until two movements have been found. */
async function recognise(page) {
  await goTo(page, 'Try');
  await page.getByRole('button', { name: /^Play the recordings/ }).click();
  await page
    .getByText(/^\d+\.\d s: /)
    .nth(3)
    .waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
}

/** In a window as high as the page: what is out of sight does not move. */
async function draw(page, name, width = DESKTOP) {
  await page.setViewportSize({ width, height: 800 });
  const height = await page.evaluate('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height });
  await page.waitForTimeout(2000); // what moves is drawn
  const path = join(out, `${name}.png`);
  await page.screenshot({ path });
  console.log(path);
}
