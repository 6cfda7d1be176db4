import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rangeOf, serveStudio } from '../serve.js';

let folder: string;
let server: Awaited<ReturnType<typeof serveStudio>>;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anyrate-serve-'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const site = join(folder, 'site');
  mkdirSync(join(site, 'parts'), { recursive: true });
  mkdirSync(join(site, '.git'));
  writeFileSync(join(site, 'index.html'), '<!doctype html>');
  writeFileSync(join(site, 'parts', 'a.js'), '0123456789');
  writeFileSync(join(site, '.hidden'), 'secret');
  writeFileSync(join(site, '.git', 'config'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(site, 'link.txt'));
  server = await serveStudio({ port: 0, folder: site });
  port = (server.address() as { port: number }).port;
});

afterAll(() => {
  server?.close();
  rmSync(folder, { recursive: true });
});

/** A request as it is written, with whatever path and headers. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<IncomingMessage & { body: string }>((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method, headers: { host: `localhost:${port}`, ...headers } },
      (answer) => {
        let body = '';
        answer.on('data', (chunk) => (body += chunk)).on('end', () => resolve(Object.assign(answer, { body })));
      },
    );
    asked.on('error', reject).end();
  });
}

test('files are served with a policy that allows this host alone', async () => {
  const { statusCode, headers, body } = await ask('/');
  expect([statusCode, body]).toEqual([200, '<!doctype html>']);
  const policy = String(headers['content-security-policy']);
  for (const part of ["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'x-content-type-options': 'nosniff',
  });
  expect((await ask('/parts/a.js?x#y')).body).toBe('0123456789');
});

test.each([
  '/.hidden',
  '/.git/config',
  '/link.txt',
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/parts/../../secret.txt',
  '/parts/..%2f..%2fsecret.txt',
  '/parts',
  '/parts/',
  '//secret.txt',
  '/C:/secret.txt',
  '/%00',
  '/%zz',
])('%s is not there', async (path) => {
  const { statusCode, body } = await ask(path);
  expect(statusCode).toBe(404);
  expect(body).not.toContain('secret');
});

test.each([
  ['a name of another host that leads here', { host: 'evil.example' }],
  ['another port', { host: 'localhost:1' }],
  ['a page of another host', { origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
  ['a link of another site', { 'sec-fetch-site': 'cross-site' }],
  ['a page of another port', { 'sec-fetch-site': 'same-site' }],
])('%s is refused', async (_, headers) => {
  const { statusCode, body } = await ask('/', headers);
  expect([statusCode, body]).toEqual([403, 'for this computer only\n']);
});

test('its own origin may ask', async () => {
  const own = { origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' };
  expect((await ask('/parts/a.js', own)).statusCode).toBe(200);
});

test('only GET and HEAD', async () => {
  expect(await ask('/', {}, 'POST')).toMatchObject({ statusCode: 405, headers: { allow: 'GET, HEAD' } });
  expect(await ask('/parts/a.js', {}, 'HEAD')).toMatchObject({
    statusCode: 200,
    body: '',
    headers: { 'content-length': '10' },
  });
});

test.each([
  ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
  ['bytes=7-', 206, '789', 'bytes 7-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=0-999', 206, '0123456789', 'bytes 0-9/10'],
  ['bytes=10-', 416, 'no such range\n', 'bytes */10'],
  ['bytes=-0', 416, 'no such range\n', 'bytes */10'],
  ['bytes=4-2', 200, '0123456789', undefined],
  ['bytes=0-1,3-4', 200, '0123456789', undefined],
  ['lines=1', 200, '0123456789', undefined],
])('of %s comes %i', async (range, status, text, said) => {
  const { statusCode, body, headers } = await ask('/parts/a.js', { range });
  expect([statusCode, body, headers['content-range']]).toEqual([status, text, said]);
});

test('an empty file has no range', () => {
  expect(rangeOf('bytes=0-', 0)).toBeNull();
  expect(rangeOf(undefined, 0)).toBeUndefined();
});

test('a port that somebody allows is in the policy of the headers and of the page, and no other', async () => {
  const page = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'; style-src 'self'">`;
  writeFileSync(join(folder, 'site', 'index.html'), page);
  const allowing = await serveStudio({ port: 0, folder: join(folder, 'site'), webhook: 3000 });
  const answer = await fetch(`http://127.0.0.1:${(allowing.address() as { port: number }).port}/`);
  allowing.close();
  const connect = "connect-src 'self' http://127.0.0.1:3000 http://localhost:3000;";
  expect(answer.headers.get('content-security-policy')).toContain(connect);
  expect(await answer.text()).toContain(connect);
  for (const webhook of [0, 65536, 1.5, Number.NaN]) {
    await expect(serveStudio({ port: 0, folder: join(folder, 'site'), webhook })).rejects.toThrow(
      'a port from 1 to 65535',
    );
  }
});

test('it listens on loopback alone, and says what it lacks', async () => {
  expect(server.address()).toMatchObject({ address: '127.0.0.1' });
  await expect(serveStudio({ port: 0, folder: join(folder, 'nowhere') })).rejects.toThrow('nowhere without index.html');
});
