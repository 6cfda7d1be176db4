import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../../test/support/tools.js';
import { goTo, type Opened, openBrowser, openPage, trainReady } from './open-studio.js';

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
    for (const step of STEPS) {
      await goTo(page, step);
      expect(await findingsIn(page, step)).toEqual([]);
    }
    await trainReady(page);
    for (const step of STEPS) {
      await goToFull(page, step);
      expect(await findingsIn(page, step)).toEqual([]);
    }
    expect(faults).toEqual([]);
    await context.close();
  }, 120_000);

  test('the five steps, as a screen reader has them, empty and trained', async () => {
    const { context, page } = await openPage(opened);
    const navigation = await page.getByRole('navigation', { name: 'Steps' }).ariaSnapshot();
    await expect(navigation).toMatchFileSnapshot('aria/steps.yml');
    for (const step of STEPS) {
      await goTo(page, step);
      await expectAria(page, `${step.toLowerCase()}-empty`);
    }
    await trainReady(page);
    for (const step of STEPS) {
      await goToFull(page, step);
      await expectAria(page, step.toLowerCase());
    }
    await context.close();
  }, 120_000);

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
});

/** What is the last to come to a step of a trained network: the worker answers, or the view loads its data. */
const LAST: Readonly<Record<string, (page: Page) => Locator>> = {
  Check: (page) => page.getByText('Checked.'),
  Train: (page) => page.getByText('µs'),
  Try: (page) => page.locator('.answer', { hasText: '%' }),
};

/** Goes to a step, and waits until all of it is there. */
async function goToFull(page: Page, step: string): Promise<void> {
  await goTo(page, step);
  await LAST[step]?.(page).first().waitFor();
}

/** Compares a step with how it was, without lines that are alike and what a training changes: numbers, and what is recognised. */
async function expectAria(page: Page, name: string): Promise<void> {
  const answer = /(status: ")[\w-]+: # %/;
  const numbers = /(?<!\[level=)\b\d+([.,]\d+)*/g;
  const lines = (await page.locator('main').ariaSnapshot())
    .split('\n')
    .map((line) => line.replaceAll(numbers, '#').replace(answer, '$1…: # %'));
  const kept = withoutInside(lines, 'table "What was taken for what"').filter((line, i, all) => line !== all[i - 1]);
  await expect(`${kept.join('\n')}\n`).toMatchFileSnapshot(`aria/${name}.yml`);
}

/** Lines without those below the first that has a text in it. */
function withoutInside(lines: readonly string[], text: string): string[] {
  const first = lines.findIndex((line) => line.includes(text));
  if (first < 0) return [...lines];
  const depth = (line: string) => line.search(/\S/);
  const end = lines.findIndex((line, i) => i > first && depth(line) <= depth(lines[first]));
  return [...lines.slice(0, first + 1), ...lines.slice(end < 0 ? lines.length : end)];
}

/** What axe-core says about a step: rule and place. */
async function findingsIn(page: Page, step: string): Promise<string[]> {
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

/** Presses Tab until something of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.textContent?.trim());
    if (focused === name) return;
  }
  throw new Error(`no key leads to ${name}`);
}
