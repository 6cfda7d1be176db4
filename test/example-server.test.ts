import { type ChildProcess, spawn } from 'node:child_process';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const SERVER = fileURLToPath(new URL('../examples/3-page/serve.js', import.meta.url));
const MODEL = '/examples/irds.anyrate';

let server: ChildProcess;
let port = 0;

beforeAll(async () => {
  server = spawn(process.execPath, [SERVER], { env: { ...process.env, PORT: '0' } });
  port = await new Promise<number>((resolve, reject) => {
    server.stdout?.on('data', (text) => resolve(Number(/:(\d+)\//.exec(String(text))?.[1])));
    server.on('exit', () => reject(new Error('the server ended')));
  });
}, 60_000);
afterAll(() => void server.kill());

/** Status and bytes of an answer to a path exactly as it is written. */
function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<readonly [status: number | undefined, bytes: number]> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let bytes = 0;
      response.on('data', ({ length }) => {
        bytes += length;
      });
      response.on('end', () => resolve([response.statusCode, bytes]));
    });
    asked.on('error', reject).end();
  });
}

test('the page and what it loads are served, and nothing else of the repository', async () => {
  const loaded = ['/', '/examples/3-page/', '/examples/3-page/main.js', MODEL, '/dist/runtime.min.js', '/dist/page.js'];
  for (const path of [...loaded, '/examples/3-page/recordings.json?x']) expect((await get(path))[0], path).toBe(200);
  const others = [
    '/package.json',
    '/.git/HEAD',
    '/examples/3-page/../../package.json',
    '/examples/3-page/%2e%2e/irds.anyrate',
  ];
  for (const path of [...others, '//etc/passwd', '/dist', '/\0']) {
    const answer = await get(path).catch((error) => [error.code]);
    expect([404, 'ERR_UNESCAPED_CHARACTERS'], path).toContain(answer[0]);
  }
});

test.each([
  ['bytes=0-0', 206, 1],
  ['bytes=-100', 206, 100],
  ['bytes=10-19', 206, 10],
  ['bytes=999999999-', 416, undefined],
  ['bytes=10-5', 200, undefined],
  ['bytes=a-b', 200, undefined],
])('a range of %s is answered with %i', async (range, status, bytes) => {
  const answer = await get(MODEL, { Range: range });
  expect(answer[0]).toBe(status);
  if (bytes !== undefined) expect(answer[1]).toBe(bytes);
});

test('a page of another host gets nothing, by whatever name it calls this computer', async () => {
  expect((await get('/', { Host: `evil.example:${port}` }))[0]).toBe(403);
  expect((await get('/', { Origin: 'http://evil.example' }))[0]).toBe(403);
  expect((await get('/', { 'Sec-Fetch-Site': 'cross-site' }))[0]).toBe(403);
  expect((await get('/', { Host: `localhost:${port}`, Origin: `http://localhost:${port}` }))[0]).toBe(200);
});
