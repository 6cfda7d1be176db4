import { expect, test } from 'vitest';
import { describeWith } from '../../test/support/tools.js';
import { listFiles, serveFiles } from '../serve.js';
import { goTo, openBrowser, openPage } from './open-studio.js';

describeWith('Chromium', 'a host that sends no headers', () => {
  test('has the service worker add them: the page is isolated, and trains on threads', async () => {
    const opened = await openBrowser();
    const files = listFiles(opened.folder);
    files.set('/studio/', files.get('/index.html')!);
    for (const [name, file] of [...files]) files.set(`/studio${name}`, file);
    const server = await serveFiles(files, { port: 0, headers: {} });
    const url = `http://localhost:${(server.address() as { port: number }).port}/studio/`;
    const bare = await (await fetch(url)).headers;
    expect([bare.get('Cross-Origin-Opener-Policy'), bare.get('Cross-Origin-Embedder-Policy')]).toEqual([null, null]);
    const { context, page, faults } = await openPage({ ...opened, url });
    await page.getByRole('button', { name: 'Try it with ready recordings' }).click();
    await page.getByText('144 recordings were read.').waitFor();
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    await goTo(page, 'Train');
    await page.getByText('Settings').click();
    await page.getByLabel(/^Rounds/).fill('30');
    await page.getByLabel(/^Try out recipes/).uncheck();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByText(/^[2-4] threads|one thread/).waitFor();
    const threads = await page.evaluate('Math.min(4, navigator.hardwareConcurrency)');
    if (Number(threads) > 1) await page.getByText(`${threads} threads`).waitFor();
    expect(faults).toEqual([]);
    await context.close();
    server.close();
    await opened.close();
  }, 120_000);

  test('does not have the page loaded again where the headers are there', async () => {
    const opened = await openBrowser();
    const { context, page, asked } = await openPage(opened);
    await page.getByRole('button', { name: 'Try it with ready recordings' }).waitFor();
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    expect(await page.evaluate('navigator.serviceWorker.controller')).toBeNull();
    expect(asked.filter((address) => address === opened.url)).toHaveLength(1);
    await context.close();
    await opened.close();
  }, 120_000);
});
