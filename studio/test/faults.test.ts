import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../../test/support/tools.js';
import { goTo, type Opened, openBrowser, openPage, PERIOD, perform, type Stage } from './open-studio.js';

declare const stage: Stage;

const SOON = { timeout: 15_000 };

describeWith('Chromium', 'what goes wrong is one sentence on what to do, and nothing is lost', () => {
  let opened: Opened;

  beforeAll(async () => {
    opened = await openBrowser();
  }, 120_000);

  afterAll(() => opened?.close());

  test('a camera that is taken away while it records', async () => {
    const { context, page } = await openPage(opened);
    await page.evaluate(rememberCamera);
    await recordWave(page);
    await page.keyboard.down('Space');
    await page.locator('[data-records].recording').waitFor();
    await page.evaluate('unplug()');
    await page.getByRole('alert').getByText('The camera is gone: plug it in and open it again.').waitFor();
    await page.keyboard.up('Space');
    await page.getByText('1 recordings').waitFor();
    await page.getByRole('button', { name: 'Open the camera' }).click();
    await page.getByText('The camera is open.').waitFor();
    await context.close();
  }, 120_000);

  test('a detector that crashes', async () => {
    const { context, page } = await openPage(opened);
    await recordWave(page);
    await page.evaluate(() => Object.assign(stage, { isBroken: true }));
    await page
      .getByRole('alert')
      .getByText('The engine stopped (broken). Everything recorded is kept: try again.')
      .waitFor();
    await page.evaluate(() => Object.assign(stage, { isBroken: false }));
    await page.getByRole('button', { name: 'Open the camera' }).click();
    await page.getByText('The camera is open.').waitFor();
    await page.getByText('1 recordings').waitFor();
    await context.close();
  }, 120_000);

  test('an engine that crashes in a training: it goes on from its last checkpoint', async () => {
    const { context, page } = await openPage(opened);
    await page.getByRole('button', { name: 'Try it with ready recordings' }).click();
    await page.getByText('144 recordings were read.').waitFor();
    await goTo(page, 'Train');
    await page.getByText('Settings').click();
    await page.getByLabel(/^Rounds/).fill('400');
    await page.getByLabel(/^Try out recipes/).uncheck();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await expect.poll(() => epochKept(page), { timeout: 60_000 }).toBeGreaterThan(0);
    const engines = page.workers().filter((worker) => worker.url().endsWith('engine.js'));
    await Promise.all(engines.map(crash));
    await page
      .getByRole('alert')
      .getByText(/^The engine stopped \(.*out of order.*\)\. Everything recorded is kept/)
      .waitFor();
    await page.getByText(/^A training was stopped after \d+ of 400 rounds/).waitFor();
    await page.getByRole('button', { name: 'Go on training' }).click();
    await page.getByText(/^Round \d+ of 400/).waitFor();
    await goTo(page, 'Check');
    await page.getByText('Checked.').waitFor();
    await context.close();
  }, 120_000);

  test('a disk without room for the page: what is in the page stays, and is kept once there is room', async () => {
    const { context, page } = await openPage(opened);
    const devtools = await context.newCDPSession(page);
    const origin = opened.url.slice(0, -1);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000 });
    await page.getByRole('button', { name: 'Try it with ready recordings' }).click();
    await page.getByRole('alert').getByText('There is no more room on the disk for this page').waitFor();
    await page.getByText('144 recordings', { exact: true }).waitFor();
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByLabel('Name of the project').fill('more room');
    await page.getByLabel('Name of the project').blur();
    await page.waitForTimeout(1000);
    await page.reload();
    await page.getByText('144 recordings', { exact: true }).waitFor();
    expect(await page.getByLabel('Name of the project').inputValue()).toBe('more room');
    await context.close();
  });
});

describeWith('Chromium', 'a camera that is not to be had', () => {
  test.each([
    [
      'refused by the person',
      '--use-fake-ui-for-media-stream=deny',
      'The camera was not allowed: allow it in the address bar',
    ],
    [
      'none is there',
      '--use-fake-device-for-media-stream=device-count=0',
      'No camera was found: plug one in, or import files.',
    ],
  ])(
    '%s',
    async (_, argument, sentence) => {
      const opened = await openBrowser({ args: [argument] });
      const { page } = await openPage(opened);
      await page.getByRole('button', { name: 'Open the camera' }).click();
      await page.getByRole('alert').getByText(sentence).waitFor(SOON);
      await page.getByRole('button', { name: 'Open the camera' }).waitFor();
      await opened.close();
    },
    120_000,
  );
});

/** Records one movement; the camera stays open. */
async function recordWave(page: Page): Promise<void> {
  await page.getByLabel('Name of a movement').fill('wave');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Open the camera' }).click();
  await page.getByText('The camera is open.').waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await perform(page, { movement: 'wave', who: 0, take: 0 }, PERIOD);
  await page.getByText('1 recordings').waitFor();
}

/** Runs in the page: lets a test do what a hand at the plug does, which ends the camera's track. */
function rememberCamera(): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    const unplug = () => {
      for (const track of stream.getTracks()) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    };
    Object.assign(globalThis, { unplug });
    return stream;
  };
}

/** A fault that nothing in the worker catches. */
async function crash(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of order');
    });
  });
}

declare function keptFact<T>(key: string): Promise<T | undefined>;

function epochKept(page: Page): Promise<number> {
  return page.evaluate(async () => (await keptFact<{ epoch: number }>('training'))?.epoch ?? 0);
}
