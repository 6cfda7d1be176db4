import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../../test/support/tools.js';
import { goTo, type Opened, openBrowser, openPage, trainReady, type Watched } from './open-studio.js';

const SOON = { timeout: 10_000 };

/** What a program on this computer was sent. */
const posted: { readonly method: string; readonly origin: string | undefined; readonly body: string }[] = [];

/** A program that takes what it is sent from pages of one origin. */
function receiver(origin: () => string): Promise<Server> {
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', origin());
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      posted.push({ method: request.method!, origin: request.headers.origin, body });
      response.end();
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

// Chromium without a screen has neither MIDI nor serial ports nor Bluetooth: what answers here was put into the page.
describeWith('Chromium', 'what happens when something is recognised', () => {
  let program: Server;
  let opened: Opened;
  let watched: Watched;
  let page: Page;
  let port: number;

  beforeAll(async () => {
    program = await receiver(() => opened.url.slice(0, -1));
    ({ port } = program.address() as AddressInfo);
    opened = await openBrowser({ webhook: port });
    watched = await openPage(opened);
    ({ page } = watched);
    page.setDefaultTimeout(10_000);
    await trainReady(page);
    await goTo(page, 'Try');
  }, 120_000);

  afterAll(async () => {
    await opened?.close();
    program?.close();
  });

  const add = async (output: string) => {
    await page.getByRole('combobox', { name: 'What happens' }).selectOption(output);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    return page.getByRole('group', { name: output, exact: true });
  };

  test('the built page ships the licence of every package in it', () => {
    const notice = readFileSync(join(opened.folder, 'NOTICE.txt'), 'utf8');
    const names = [...notice.matchAll(/^## (\S+) [\d.]+ \([\w-]+\)$/gm)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(['@preact/signals', 'fflate', 'idb', 'preact', 'uplot', 'valibot']));
    expect(notice.match(/permission to use, copy|permission is hereby granted|redistribution and use/gi)!.length).toBe(
      names.length,
    );
  });

  test('what is recognised is told to other pages, without a press of a button', async () => {
    await add('A message to other pages');
    const other = await watched.context.newPage();
    await other.goto(`${opened.url}NOTICE.txt`);
    const heard = other.evaluate(
      () =>
        new Promise<Record<string, unknown>>((resolve) => {
          new BroadcastChannel('anyrate').onmessage = ({ data }) => resolve(data);
        }),
    );
    await page.getByRole('combobox', { name: /false alarms|missed/i }).selectOption('0.1');
    await page.getByRole('button', { name: /^Play the recordings/ }).click();
    const data = await heard;
    expect(data).toMatchObject({ moment: 'start', name: expect.stringMatching(/^(elbow|shoulder|side)/) });
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await other.close();
  }, 60_000);

  test('a key is pressed in the page, and told to other pages', async () => {
    const row = await add('A key in this page');
    await row.getByRole('textbox', { name: 'Key' }).fill('a');
    await row.getByRole('textbox', { name: 'Key' }).blur();
    await page.evaluate(() => {
      const keys: string[] = [];
      for (const type of ['keydown', 'keyup'] as const)
        document.addEventListener(type, ({ key, code }) => keys.push(`${type} ${key} ${code}`));
      Object.assign(globalThis, { keys });
    });
    await row.getByRole('button', { name: 'Do it now' }).click();
    await expect.poll(() => page.evaluate('keys'), SOON).toEqual(['keydown a KeyA', 'keyup a KeyA']);
  });

  test('a program on this computer is posted JSON at the port that was allowed, and at no other', async () => {
    const row = await add('A program on this computer');
    await row.getByText(`http://127.0.0.1:${port}`).waitFor();
    await row.getByRole('textbox', { name: 'Address' }).fill(`http://127.0.0.1:${port}/moves`);
    await row.getByRole('combobox', { name: /^On/ }).selectOption('side-tap-left');
    await row.getByRole('button', { name: 'Do it now' }).click();
    await expect.poll(() => posted.filter(({ method }) => method === 'POST'), SOON).toHaveLength(1);
    const { body, origin } = posted.find(({ method }) => method === 'POST')!;
    expect(origin).toBe(opened.url.slice(0, -1));
    expect(JSON.parse(body)).toEqual({ name: 'side-tap-left', moment: 'start', seconds: 0, probability: 1 });
    await row.getByRole('textbox', { name: 'Address' }).fill(`http://127.0.0.1:${port + 1}/`);
    await row.getByRole('button', { name: 'Do it now' }).click();
    await page.getByRole('alert').getByText('the page may not reach that address').waitFor();
    // Whatever the page's code did, its policy would not let it.
    const refused = page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'reached',
          () => 'refused',
        ),
      `http://127.0.0.1:${port + 1}/`,
    );
    expect(await refused).toBe('refused');
    expect(watched.faults.splice(0).join()).toContain('Content Security Policy');
  });

  test('a program that is not there is told', async () => {
    const row = page.getByRole('group', { name: 'A program on this computer' });
    await row.getByRole('textbox', { name: 'Address' }).fill(`http://localhost:${port}/`);
    await new Promise((resolve) => program.close(resolve).closeAllConnections());
    await row.getByRole('button', { name: 'Do it now' }).click();
    await page.getByRole('alert').getByText('nobody took it').waitFor();
    watched.faults.splice(0); // the browser says so too
    program = await receiver(() => '');
  });

  test('a note is played on a MIDI output, which is told when it is gone', async () => {
    await page.evaluate(putMidi);
    const row = await add('A note (MIDI)');
    await row.getByRole('textbox', { name: 'Note' }).fill('61');
    await row.getByRole('button', { name: 'Connect' }).click();
    await row.getByText('Connected').waitFor();
    await row.getByRole('button', { name: 'Do it now' }).click();
    await expect
      .poll(() => page.evaluate('midi.sent'), SOON)
      .toEqual([
        [0x90, 61, 100],
        [0x80, 61, 0],
      ]);
    await page.evaluate('midi.unplug()');
    await page.getByRole('alert').getByText('the device is gone').waitFor();
    await row.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('alert').getByText('no device was found or chosen').waitFor();
    await row.getByRole('textbox', { name: 'Note' }).fill('128');
    await row.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('alert').getByText('a note is a whole number from 0 to 127').waitFor();
  });

  test('a line goes to a serial port, and in parts of 20 bytes over Bluetooth', async () => {
    await page.evaluate(putLines);
    for (const [output, place] of [
      ['A line to a serial port', 'serialLines'],
      ['A line over Bluetooth', 'bluetoothParts'],
    ]) {
      const row = await add(output);
      await row.getByRole('combobox', { name: /^On/ }).selectOption('shoulder-forward-elevation');
      await row.getByRole('button', { name: 'Connect' }).click();
      await row.getByText('Connected').waitFor();
      await row.getByRole('button', { name: 'Do it now' }).click();
      await expect
        .poll(async () => ((await page.evaluate(place)) as string[]).join(''), SOON)
        .toBe('shoulder-forward-elevation\n');
    }
    expect(((await page.evaluate('bluetoothParts')) as string[]).map(({ length }) => length)).toEqual([20, 7]);
    expect(await page.evaluate('serialSpeed')).toBe(115200);
  });

  test('actions are there again after the page was closed; nothing went wrong', async () => {
    await page.reload();
    await page.getByRole('group', { name: 'A note (MIDI)' }).waitFor();
    await page.getByRole('button', { name: 'Remove: A note (MIDI)' }).click();
    expect(await page.getByRole('group', { name: 'A note (MIDI)' }).count()).toBe(0);
    expect(watched.faults).toEqual([]);
  });
});

/** Runs in the page: a MIDI output. */
function putMidi(): void {
  const sent: number[][] = [];
  const output = { state: 'connected', send: (bytes: number[]) => sent.push(bytes) };
  const access = Object.assign(new EventTarget(), { outputs: new Map([['one', output]]) });
  const unplug = () => {
    output.state = 'disconnected';
    access.dispatchEvent(new Event('statechange'));
  };
  Object.assign(globalThis, { midi: { sent, unplug } });
  Object.defineProperty(navigator, 'requestMIDIAccess', { value: async () => access, configurable: true });
}

/** Runs in the page: a serial port and a device that speaks Nordic's serial line over Bluetooth. */
function putLines(): void {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const serialLines: string[] = [];
  const bluetoothParts: string[] = [];
  const port = Object.assign(new EventTarget(), {
    writable: new WritableStream<Uint8Array>({ write: (bytes) => void serialLines.push(text(bytes)) }),
    open: async ({ baudRate }: { baudRate: number }) => void Object.assign(globalThis, { serialSpeed: baudRate }),
    close: async () => {},
  });
  const receiver = { writeValue: async (bytes: Uint8Array) => void bluetoothParts.push(text(bytes)) };
  const server = { getPrimaryService: async () => ({ getCharacteristic: async () => receiver }) };
  const device = Object.assign(new EventTarget(), { gatt: { connect: async () => server, disconnect: () => {} } });
  Object.assign(globalThis, { serialLines, bluetoothParts });
  Object.defineProperty(navigator, 'serial', { value: { requestPort: async () => port }, configurable: true });
  Object.defineProperty(navigator, 'bluetooth', { value: { requestDevice: async () => device }, configurable: true });
}
