import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../../test/support/tools.js';
import { goTo, type Opened, openBrowser, openPage } from './open-studio.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const STEPS = ['Record', 'Check', 'Train', 'Try', 'Ship'];

declare const axe: typeof import('axe-core');

describeWith('Chromium', 'the studio for everybody', () => {
  let opened: Opened;

  beforeAll(async () => {
    opened = await openBrowser();
  }, 120_000);

  afterAll(() => opened?.close());

  test('axe finds nothing in any step, empty and trained, light and dark', async () => {
    const { context, page, faults } = await openPage(opened, { reducedMotion: 'reduce' });
    for (const step of STEPS) expect(await findingsIn(page, step)).toEqual([]);
    await trainReady(page);
    for (const step of STEPS) expect(await findingsIn(page, step)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  }, 120_000);

  test('the five steps, as a screen reader has them', async () => {
    const { context, page } = await openPage(opened);
    await page.getByRole('heading', { level: 2, name: 'Record' }).waitFor();
    expect(await page.getByRole('navigation', { name: 'Steps' }).ariaSnapshot()).toMatchInlineSnapshot(`
      "- navigation "Steps":
        - list:
          - listitem:
            - link "Record":
              - /url: "#record"
          - listitem:
            - link "Check":
              - /url: "#check"
          - listitem:
            - link "Train":
              - /url: "#train"
          - listitem:
            - link "Try":
              - /url: "#try"
          - listitem:
            - link "Ship":
              - /url: "#ship""
    `);
    expect(await page.locator('main').ariaSnapshot()).toMatchInlineSnapshot(`
      "- main:
        - heading "Record" [level=2]
        - list:
          - listitem: "Teach this computer your movements: record each one a few times, with a camera or from files."
          - listitem: Train one tiny network on them, and choose how small it shall be.
          - listitem: "Try it, and take it away: as a page, a program or a file."
        - paragraph:
          - button "Try it with ready recordings"
          - text: 144 recordings of exercises by 6 people, no camera needed
        - heading "Movements" [level=3]
        - list "Movements"
        - textbox "Name of a movement"
        - button "Add"
        - text: Who performs
        - combobox "Who performs"
        - text: "A name for each sitting: the network is tested on people whom it has not seen."
        - heading "Camera" [level=3]
        - text: What moves
        - combobox "What moves":
          - option "One hand" [selected]
          - option "Two hands"
          - option "The body"
          - option "Body and hands"
        - button "Open the camera"
        - heading "Files" [level=3]
        - paragraph: "Drop files or folders here: MediaPipe, OpenPose, CSV, BVH, numpy and others, or a project (.zip)."
        - text: Choose files
        - button "Choose files"
        - text: Choose a folder
        - button "Choose a folder"
        - heading "Project" [level=3]
        - text: Name of the project
        - textbox "Name of the project": my-moves
        - button "Save the project" [disabled]
        - button "Start anew" [disabled]"
    `);
    await context.close();
  });

  test('keys alone load the ready recordings, and go from step to step', async () => {
    const { context, page } = await openPage(opened);
    await page.getByRole('button', { name: 'Try it with ready recordings' }).waitFor();
    await tabTo(page, 'Try it with ready recordings');
    await page.keyboard.press('Enter');
    await page.getByText('144 recordings were read.').waitFor();
    await page.keyboard.press('Home');
    await tabTo(page, 'Check');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Check' }).waitFor();
    await page.getByText('Checked.').waitFor();
    await context.close();
  });

  test('in German everything is German, names aside', async () => {
    const { context, page } = await openPage(opened, { locale: 'de-DE' });
    await page.getByRole('heading', { level: 2, name: 'Aufnehmen' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.getByLabel('Sprache').selectOption('en');
    await page.getByRole('heading', { level: 2, name: 'Record' }).waitFor();
    await context.close();
  });

  test('nothing moves where less motion is wanted', async () => {
    const { context, page } = await openPage(opened, { reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Try it with ready recordings' }).click();
    const canvas = page.locator('.clips canvas').first();
    await canvas.waitFor();
    await page.waitForTimeout(300);
    const picture = () => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
    const before = await picture();
    await page.waitForTimeout(700);
    expect(await picture()).toBe(before);
    await context.close();
  });

  test('on a phone nothing is wider than the screen', async () => {
    const { context, page } = await openPage(opened, { viewport: { width: 360, height: 740 } });
    await page.getByRole('button', { name: 'Try it with ready recordings' }).click();
    await page.getByText('144 recordings were read.').waitFor();
    for (const step of STEPS) {
      await goTo(page, step);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }
    await context.close();
  });

  test('a second tab says so, and goes on when the first is closed', async () => {
    const { context, page } = await openPage(opened);
    await page.getByRole('button', { name: 'Try it with ready recordings' }).click();
    await page.getByText('144 recordings were read.').waitFor();
    const second = await context.newPage();
    await second.goto(opened.url);
    await second.getByText('The studio is open in another tab.').waitFor();
    await page.close();
    await second.getByText('144 recordings').waitFor();
    await context.close();
  });

  test('a camera that is refused, and a storage that is full, are one sentence each', async () => {
    const { context, page } = await openPage(opened);
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await page.getByRole('button', { name: 'Open the camera' }).click();
    await page.getByRole('alert').getByText('The camera was not allowed').waitFor();
    await page.getByRole('button', { name: 'Try it with ready recordings' }).click();
    await page.getByRole('alert').getByText('There is no more room on the disk').waitFor();
    await page.getByText('144 recordings').waitFor();
    await context.close();
  });
});

/** What axe-core says about a step: rule and place. */
async function findingsIn(page: Page, step: string): Promise<string[]> {
  await goTo(page, step);
  await page.evaluate(AXE);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(200);
    found.push(...(await page.evaluate(violations, `${step}, ${colorScheme}`)));
  }
  return found;
}

/** Runs in the page. */
async function violations(place: string): Promise<string[]> {
  const { violations } = await axe.run(document);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${place}: ${id} ${target}`));
}

/** A network that is good enough to look at. */
async function trainReady(page: Page): Promise<void> {
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

/** Presses Tab until something of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.textContent?.trim());
    if (focused === name) return;
  }
  throw new Error(`no key leads to ${name}`);
}
