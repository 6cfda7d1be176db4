import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyrate } from '../../test/support/cli.js';
import { describeWith, testWith } from '../../test/support/tools.js';
import { LATER, MOVEMENTS } from './movements.js';
import {
  goTo,
  type Opened,
  openBrowser,
  openPage,
  PERIOD,
  PERSONS,
  perform,
  type Stage,
  TAKES,
  type Watched,
} from './open-studio.js';
import { RUNS, type SelfTest, showPage } from './run-exports.js';

const SOON = { timeout: 15_000 };
const EPOCHS = 60;
const PEOPLE = ['ada', 'ben'];

describeWith('Chromium', 'from an empty studio to a program of one’s own', () => {
  let opened: Opened;
  let watched: Watched;
  let page: Page;
  let folder: string;
  let model: number[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'anyrate-studio-'));
    opened = await openBrowser();
    watched = await openPage(opened);
    ({ page } = watched);
  }, 120_000);

  afterAll(async () => {
    await opened?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('an empty studio explains itself in three lines, and is small', async () => {
    await page.getByRole('heading', { level: 2, name: 'Record' }).waitFor();
    expect(await page.locator('.welcome li').count()).toBe(3);
    const loaded = await page.evaluate(async () => {
      const entries = [location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)];
      return Promise.all(entries.map(async (url) => [...new Uint8Array(await (await fetch(url)).arrayBuffer())]));
    });
    const bytes = loaded.reduce((sum, file) => sum + gzipSync(Uint8Array.from(file)).length, 0);
    expect(bytes).toBeLessThan(250_000);
  });

  test('records four movements by two persons, Space held, without a mouse', async () => {
    await page.getByLabel('Name of a movement').focus();
    for (const name of MOVEMENTS) {
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
    }
    await page.getByRole('button', { name: 'Open the camera' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The camera is open.').waitFor();
    for (let who = 0; who < PERSONS; who++) {
      await page.getByLabel('Who performs').fill(PEOPLE[who]);
      for (const movement of MOVEMENTS) {
        await page.getByRole('radio', { name: movement }).check();
        await page.evaluate(() => (document.activeElement as HTMLElement).blur());
        for (let take = 0; take < TAKES; take++) await recordOne(page, { movement, who, take });
      }
    }
    await page.getByRole('button', { name: 'Close the camera' }).click();
    await page.getByText(`${MOVEMENTS.length * PERSONS * TAKES} recordings`).waitFor();
  }, 120_000);

  test('a recording is trimmed, called otherwise, deleted, and all is undone', async () => {
    const cards = page.getByRole('button', { name: /^Change / });
    await cards.first().click();
    await page.getByRole('slider', { name: 'From' }).press('ArrowRight');
    await page.getByRole('combobox', { name: 'Movement' }).selectOption('wave');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('39 recordings').waitFor();
    for (let edit = 0; edit < 3; edit++) await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('40 recordings').waitFor();
  });

  test('the check says who is there, and finds no errors', async () => {
    await goTo(page, 'Check');
    await page.getByText('Checked.').waitFor();
    const table = page.getByRole('table', { name: 'Recordings of each movement and person' });
    expect(await table.getByRole('row', { name: 'wave' }).textContent()).toBe('wave5510');
    expect(await page.getByText('Error', { exact: true }).count()).toBe(0);
  });

  test('a training survives its tab, and goes on to its end', async () => {
    await goTo(page, 'Train');
    await page.getByText('Settings').click();
    await page.getByLabel(/^Rounds/).fill(`${EPOCHS}`);
    await page.getByLabel(/^Try out recipes/).uncheck();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const rounds = () => page.evaluate(async () => (await keptFact<{ epoch: number }>('training'))?.epoch ?? 0);
    await expect.poll(rounds, { timeout: 60_000 }).toBeGreaterThan(0);
    await page.close();
    page = await watched.context.newPage();
    await page.goto(`${opened.url}#train`);
    await page.getByText(/A training was stopped after \d+ of 60 rounds/).waitFor();
    await page.getByRole('button', { name: 'Go on training' }).click();
    await page.getByText(/^Trained: /).waitFor({ timeout: 100_000 });
    model = await page.evaluate(async () => [...(await keptFact<{ model: Uint8Array }>('model'))!.model]);
  }, 120_000);

  test('anyrate train, given the project file, makes the same bytes in Node', async () => {
    await goTo(page, 'Record');
    await save(page, folder, 'Save the project');
    await goTo(page, 'Ship');
    const command = (await page.locator('pre').last().textContent())!;
    expect(command).toBe(`npx anyrate train my-moves.zip --seed 1 --budget 0 --epochs ${EPOCHS}`);
    const { code, stderr } = anyrate(folder, ...command.split(' ').slice(2), '--out', 'run');
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'run', 'model.anyrate')).equals(Uint8Array.from(model))).toBe(true);
  }, 120_000);

  test('a size is chosen by keys; the network knows the movements of both, live and on recordings', async () => {
    await goTo(page, 'Train');
    const slider = page.getByRole('slider', { name: 'Share of weights that are zero' });
    await slider.focus();
    await slider.press('Home');
    await slider.press('ArrowRight');
    expect(await page.locator('.rate output').textContent()).not.toBe('0 %');
    await page.getByRole('button', { name: '90 %' }).click();
    await page
      .getByText('10 of 10')
      .or(page.getByText(/^\d+ of 20$/))
      .waitFor();
    await goTo(page, 'Try');
    const answer = page.locator('p.answer').last();
    await page.getByRole('combobox', { name: /^Recording/ }).selectOption({ index: 1 });
    await expect.poll(() => answer.textContent(), SOON).toMatch(/^wave: /);
    await page.getByRole('button', { name: 'Open the camera' }).click();
    await page.getByText('The camera is open.').waitFor();
    await page.evaluate(() => Object.assign(stage, { movement: 'wave', who: 1, take: 2, pictures: 0 }));
    await page.locator('.events').getByText('wave').first().waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Close the camera' }).click();
  }, 120_000);

  /** Has a format made, keeps all of its files, and reads the self-test. */
  const take = async (format: string, main: string): Promise<SelfTest> => {
    await goTo(page, 'Ship');
    await page.getByRole('button', { name: `Make ${format}`, exact: true }).click();
    await page.getByRole('button', { name: main, exact: true }).waitFor();
    const files = page.locator('.formats').last().getByRole('button');
    for (const name of await files.allTextContents()) await save(page, folder, name);
    return JSON.parse(readFileSync(join(folder, 'my-moves.selftest.json'), 'utf8'));
  };
  const file = (extension: string) => join(folder, `my-moves${extension}`);

  test.each([
    ['.anyrate', 'my-moves.anyrate'],
    ['JavaScript', 'my-moves.js'],
    ['ONNX', 'my-moves.onnx'],
    ['WebAssembly', 'my-moves.wasm'],
    ['safetensors', 'my-moves.safetensors'],
  ])('%s, taken from the page, answers in Node as the page does', async (format, main) => {
    await expectScores(await take(format, main), RUNS[format]);
  });

  testWith('gcc', 'C, taken from the page, answers as the page does', async () => {
    await expectScores(await take('C', 'movements.c'), RUNS.C);
  });

  test('HTML, taken from the page, shows without a net what the page answers', async () => {
    const { cases, classes } = await take('HTML', 'my-moves.html');
    const { name, percents } = await showPage(opened.browser, file('.html'));
    const { scores } = cases[0];
    expect(name).toBe(classes[scores.indexOf(Math.max(...scores))]);
    expect(percents).toHaveLength(classes.length);
    for (const [i, percent] of percents.entries()) expect(Math.abs(percent - 100 * scores[i])).toBeLessThan(0.06);
  });

  test.each([
    ['JavaScript', 'my-moves.js'],
    ['.anyrate', 'my-moves.anyrate'],
    ['WebAssembly', 'my-moves.wasm'],
  ])('the way to use %s that the page shows is run in Node', async (format, main) => {
    const { cases, classes } = await take(format, main);
    const snippet = (await page.locator('pre').first().textContent())!;
    const runtime = fileURLToPath(new URL('../../dist/runtime.min.js', import.meta.url));
    writeFileSync(join(folder, 'use.mjs'), snippet.replace("'anyrate-runtime'", JSON.stringify(runtime)));
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    const printed = execFileSync(process.execPath, ['use.mjs'], { cwd: folder, encoding: 'utf8' });
    const best = (scores: readonly number[]) => classes[scores.indexOf(Math.max(...scores))];
    expect(cases).toHaveLength(MOVEMENTS.length);
    expect(printed).toBe(cases.map((one) => `${one.class} -> ${best(one.scores)}\n`).join(''));
  });

  async function expectScores(selfTest: SelfTest, run: (typeof RUNS)[string]): Promise<void> {
    const answers = await run(file, selfTest);
    expect(answers).toHaveLength(MOVEMENTS.length);
    for (const [i, { scores }] of selfTest.cases.entries())
      for (const [label, score] of scores.entries()) expect(answers[i][label]).toBeCloseTo(score, 5);
  }

  test('a movement is added later, and the network trained on; the former one stays until the new one is done', async () => {
    await goTo(page, 'Record');
    await page.getByLabel('Name of a movement').fill(LATER);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Open the camera' }).click();
    await page.getByText('The camera is open.').waitFor();
    for (let who = 0; who < PERSONS; who++) {
      await page.getByLabel('Who performs').fill(PEOPLE[who]);
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      for (let take = 0; take < TAKES; take++) await recordOne(page, { movement: LATER, who, take });
    }
    await page.getByRole('button', { name: 'Close the camera' }).click();
    await goTo(page, 'Train');
    await page.getByText('The recordings have changed since the network was trained.').waitFor();
    await page.getByText('Settings').click();
    await page.getByLabel(/^Rounds/).fill('20');
    await page.getByLabel(/^Rounds/).blur();
    await page.getByRole('button', { name: 'Train on from this network' }).click();
    await page.getByText(/^Round \d+ of 20/).waitFor();
    const columns = () =>
      page.getByRole('table', { name: 'What was taken for what' }).getByRole('columnheader').count();
    expect(await columns()).toBe(MOVEMENTS.length);
    await page.getByText(/^Trained: /).waitFor({ timeout: 60_000 });
    expect(await columns()).toBe(MOVEMENTS.length + 1);
    await goTo(page, 'Try');
    const choice = page.getByRole('combobox', { name: /^Recording/ });
    const added = choice.getByRole('option').filter({ hasText: new RegExp(`^${LATER}`) });
    await added.first().waitFor({ state: 'attached' });
    await choice.selectOption(await added.first().textContent());
    await expect.poll(() => page.locator('p.answer').last().textContent(), SOON).toMatch(/^shake: /);
    await goTo(page, 'Ship');
    await page.getByText('it trains anew, and gives other bytes').waitFor();
  }, 120_000);

  test('nobody else was asked for anything, and nothing went wrong', () => {
    expect(watched.asked.length).toBeGreaterThan(10);
    expect(watched.asked.filter((url) => !url.startsWith(opened.url) && !/^(data|blob):/.test(url))).toEqual([]);
    expect(watched.faults).toEqual([]);
  });
});

declare const stage: Stage;
declare function keptFact<T>(key: string): Promise<T | undefined>;

async function recordOne(page: Page, performance: Pick<Stage, 'movement' | 'who' | 'take'>): Promise<void> {
  const count = () => page.locator('.classes .count').allTextContents();
  const before = await count();
  await perform(page, performance, PERIOD + 2);
  await expect.poll(count, SOON).not.toEqual(before);
}

/** Presses a button, and keeps the file that it gives. */
async function save(page: Page, folder: string, button: string): Promise<void> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  const download = await coming;
  await download.saveAs(join(folder, download.suggestedFilename()));
}
