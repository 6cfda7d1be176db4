// Serves studio/dist on loopback, to this computer's browser alone: a request whose Host or Origin is another's is refused,
// nothing but the files that were there at the start is served, and the page may ask no other host for anything.
import { constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Where the build puts the page. */
export const DIST = fileURLToPath(new URL('dist', import.meta.url));

/** What the page may load: its own files, WebAssembly, and pictures and media that it made itself. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** What the page may connect to: itself, and the port of a program of this computer that somebody allowed. */
const CONNECT = "connect-src 'self'";

function isPort(value) {
  return Number.isInteger(value) && value > 0 && value < 65536;
}

/** A policy, or a page that holds one, that allows one port more. */
function allowing(text, webhook) {
  if (webhook === undefined) return text;
  return text.replace(CONNECT, `${CONNECT} http://127.0.0.1:${webhook} http://localhost:${webhook}`);
}

/**
 * @param {{ port?: number, folder?: string, webhook?: number | undefined }} options port 0 takes a free one; webhook is a port of this computer that the page may reach
 * @returns {Promise<import('node:http').Server>} rejects where the port is taken, or there is no page
 */
export async function serveStudio({ port = 8090, folder = DIST, webhook } = {}) {
  if (webhook !== undefined && !isPort(webhook))
    throw new Error(`webhook: expected a port from 1 to 65535, found ${webhook}`);
  if (!existsSync(join(folder, 'index.html'))) throw new Error(`${folder} without index.html`);
  const files = listFiles(folder);
  if (webhook !== undefined) files.set('/index.html', pageAllowing(files.get('/index.html'), webhook));
  files.set('/', files.get('/index.html'));
  return serveFiles(files, { port, headers: { ...HEADERS, 'Content-Security-Policy': allowing(POLICY, webhook) } });
}

/** The page has the policy in itself too, for hosts that send no headers. */
function pageAllowing({ path }, webhook) {
  const content = Buffer.from(allowing(readFileSync(path, 'utf8'), webhook));
  return { path, bytes: content.length, content };
}

/**
 * Serves these files and no others on loopback, whole or by ranges, to pages of this server alone.
 * @param {Map<string, { path: string, bytes: number, content?: Buffer }>} files by their path in a URL; content that is no file's
 * @param {{ port: number, headers?: Record<string, string> }} options
 * @returns {Promise<import('node:http').Server>} rejects where the port is taken
 */
export async function serveFiles(files, { port, headers = HEADERS }) {
  const server = createServer((request, response) => {
    answer(request, response, files, server.address().port, headers).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return server;
}

/** The regular files below a folder by their path in a URL; hidden ones and links are left out. */
export function listFiles(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const name = relative(folder, path).split(sep);
    if (!entry.isFile() || name.some((part) => part.startsWith('.'))) return [];
    return [[`/${name.map(encodeURIComponent).join('/')}`, { path, bytes: statSync(path).size }]];
  });
  return new Map(files);
}

async function answer(request, response, files, port, always) {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  const { method, headers } = request;
  if (!isLocal(headers.host, port) || !isOwnOrigin(headers, port))
    return refuse(response, 403, 'for this computer only');
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, 405, 'GET and HEAD only');
  }
  const [path] = (request.url ?? '').split(/[?#]/, 1);
  const file = files.get(path);
  if (file === undefined) return refuse(response, 404, 'no such file');
  const range = rangeOf(headers.range, file.bytes);
  if (range === null) {
    response.setHeader('Content-Range', `bytes */${file.bytes}`);
    return refuse(response, 416, 'no such range');
  }
  await send(response, file, range, method === 'HEAD');
}

/** Whether a Host is this server's by its loopback names: a page of another host that resolves to 127.0.0.1 is not. */
function isLocal(host, port) {
  return [`localhost:${port}`, `127.0.0.1:${port}`].includes(host);
}

function isOwnOrigin({ origin, host, 'sec-fetch-site': site }, port) {
  if (site !== undefined && !['same-origin', 'none'].includes(site)) return false;
  return origin === undefined || (isLocal(host, port) && origin === `http://${host}`);
}

/** First and last byte of one range; undefined for the whole file, null where it lies outside. */
export function rangeOf(header, bytes) {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (found === null || (found[1] === '' && found[2] === '')) return undefined;
  const first = found[1] === '' ? Math.max(0, bytes - Number(found[2])) : Number(found[1]);
  const last = found[1] === '' || found[2] === '' ? bytes - 1 : Math.min(Number(found[2]), bytes - 1);
  if (found[1] !== '' && found[2] !== '' && Number(found[2]) < first) return undefined;
  return first > last ? null : [first, last];
}

async function send(response, { path, bytes, content }, range, isHead) {
  const [first, last] = range ?? [0, bytes - 1];
  response.statusCode = range === undefined ? 200 : 206;
  response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Length', Math.max(0, last - first + 1));
  if (range !== undefined) response.setHeader('Content-Range', `bytes ${first}-${last}/${bytes}`);
  if (isHead || last < first) return response.end();
  if (content !== undefined) return response.end(content.subarray(first, last + 1));
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  const stream = file.createReadStream({ start: first, end: last });
  stream.on('error', () => response.destroy());
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}

function refuse(response, status, text) {
  response.statusCode = status;
  response.setHeader('Content-Type', TYPES['.txt']);
  response.end(`${text}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { port: { type: 'string' }, webhook: { type: 'string' } } });
  const wanted = values.port ?? process.env.PORT ?? 8090;
  try {
    const webhook = values.webhook === undefined ? undefined : Number(values.webhook);
    const server = await serveStudio({ port: Number(wanted), webhook });
    console.log(`The studio: http://localhost:${server.address().port}/ (Ctrl-C ends it)`);
  } catch (error) {
    console.error(`The studio does not open at port ${wanted}: ${error.message}`);
    process.exitCode = 2;
  }
}
