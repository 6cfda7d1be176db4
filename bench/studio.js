// node bench/studio.js DIR
// How long the studio takes, in Chromium, to read a folder of recordings, DIR/<class>/<person>/<file>, and to train on it as it
// does by default: with trials of the recipe, in as many threads as the computer has. bench/first-run.js writes such a folder.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../scripts/chromium.js';
import { serveStudio } from '../studio/serve.js';

const [folder] = parseArgs({ allowPositionals: true }).positionals;
const MOST_MS = 600_000;
if (folder === undefined || !existsSync(folder))
  throw new Error(`DIR: expected a folder of recordings, found ${folder}`);

const server = await serveStudio({ port: 0 });
const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ locale: 'en-GB' });

async function timed(part, run) {
  const start = performance.now();
  await run();
  console.log(`${part}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

try {
  await page.goto(`http://localhost:${server.address().port}/#record`);
  await timed('reading', async () => {
    await page.locator('input[webkitdirectory]').setInputFiles(folder);
    await page.getByText(/ recordings were read\.$/).waitFor({ timeout: MOST_MS });
  });
  await page.getByRole('link', { name: 'Train', exact: true }).click();
  await timed('training', async () => {
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const end = page.getByText(/^Trained: /);
    await end.waitFor({ timeout: MOST_MS });
    console.log(await end.textContent());
  });
} finally {
  await browser.close();
  server.close();
}
