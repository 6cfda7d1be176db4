import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync, crc32 as zlibCrc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../scripts/bundle.js';
import { benchInfer } from '../src/measure/infer.js';
import { encodeModel } from '../src/model/file/file.js';
import { cut } from '../src/pruning/cut/cut.js';
import { dropDead } from '../src/pruning/cut/keep.js';
import { crc32 } from '../src/runtime/file/container.js';
import { grow, type LoadBudget, load, Recognizer, type RecognizerEvent, RuntimeModel } from '../src/runtime.js';
import { built } from './support/built.js';
import { toyDataset, toyModel } from './support/toy.js';

const model = toyModel((random) => random.normal() || 1);
const file = encodeModel(model);
const [sequence] = toyDataset(1).samples;

const prefixBytes = new RuntimeModel(file).bytesAt(0.95);

/** What the file at /tagged is on the server, and becomes. */
let version = 1;
const other = encodeModel(toyModel((random) => -random.normal() || 1));

/** Serves the file, or a prefix of it, by ranges and notes what was asked for. */
const asked: string[] = [];
const server: Server = createServer((request, response) => {
  const { range = '', 'if-range': ifRange } = request.headers;
  asked.push(range);
  const [from, to] = /(\d+)-(\d+)/.exec(range)?.slice(1).map(Number) ?? [0, file.length];
  if (request.url === '/whole') return void response.writeHead(200).end(file);
  const part = { 'Content-Range': `bytes ${from}-${Math.min(to, file.length - 1)}/${file.length}` };
  if (request.url === '/careless') {
    return void response.writeHead(206, { ...part, ETag: `"${++version}"` }).end(file.subarray(from, to + 1));
  }
  if (request.url === '/tagged') {
    if (ifRange !== undefined && ifRange !== `"${version}"`) {
      return void response.writeHead(200, { ETag: `"${version}"` }).end(other);
    }
    const head = { ...part, ETag: `"${version}"` };
    return void response.writeHead(206, head).end(file.subarray(from, to + 1));
  }
  const served = request.url === '/prefix' ? file.subarray(0, prefixBytes) : file;
  if (from >= served.length) return void response.writeHead(416).end();
  response.writeHead(206).end(served.subarray(from, to + 1));
});
server.keepAliveTimeout = 60_000; // no request meets a connection that is about to close, however slow the machine
let url = '';

beforeAll(async () => {
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test('the runtime that is shipped needs nothing else', async () => {
  const path = built('runtime.min.js');
  const code = readFileSync(path, 'utf8');
  expect(code).not.toMatch(/\bimport\b/);
  expect(code).not.toMatch(/\b(document|process|require|eval|Function)\b\s*[.(]/);
  const shipped = await import(path.href);
  expect(new shipped.RuntimeModel(file).view(0.9).predict(sequence)).toEqual(
    new RuntimeModel(file).view(0.9).predict(sequence),
  );
});

/** What somebody's bundle has of the runtime who imports all but the recognizer. */
const CORE = 'test/support/runtime-core.ts';

test('without its recognizer the runtime takes at most 9,000 bytes gzipped', async () => {
  const code = await bundle(CORE);
  expect(code).not.toContain('smoothing');
  expect(gzipSync(code!, { level: 9 }).length).toBeLessThanOrEqual(9000);
});

test('the recognizer, with rejection and all options, takes at most 3,500 bytes more', async () => {
  const [whole, without] = await Promise.all(['src/runtime.ts', CORE].map((entry) => bundle(entry)));
  const [all, core] = [whole, without].map((code) => gzipSync(code!, { level: 9 }).length);
  expect(all - core).toBeLessThanOrEqual(3500);
});

test('windows in WebAssembly take at most 6,800 bytes more', async () => {
  const [fast, slow] = await Promise.all(['src/runtime-simd.ts', 'src/runtime.ts'].map((entry) => bundle(entry)));
  const [all, plain] = [fast, slow].map((code) => gzipSync(code!, { level: 9 }).length);
  expect(all - plain).toBeLessThanOrEqual(6800);
});

test('CRC-32 is that of zlib', () => {
  for (const bytes of [new Uint8Array(), file, new TextEncoder().encode('123456789')]) {
    expect(crc32(bytes)).toBe(zlibCrc32(bytes));
  }
});

test('a rate is fetched by ranges, no further than its block, and grows without fetching anything twice', async () => {
  asked.length = 0;
  const whole = new RuntimeModel(file);
  const small = await load(`${url}/model`, { rate: 0.5 });
  expect(small.bytes.length).toBe(Math.min(file.length, Math.max(16384, whole.bytesAt(0.5))));
  expect(small.rate).toBeLessThanOrEqual(0.5);
  expect(small.view(0.5).predict(sequence)).toEqual(whole.view(0.5).predict(sequence));
  const bytes = whole.bytesAt(0.9);
  const smaller = await load(`${url}/model`, { bytes });
  expect(asked.at(-1)).toBe(`bytes=0-${bytes - 1}`);
  expect(smaller.rate).toBeLessThanOrEqual(0.9);
  expect(smaller.view(0.95).predict(sequence)).toEqual(whole.view(0.95).predict(sequence));
  const grown = await grow(smaller, `${url}/model`, 0);
  expect(asked.at(-1)).toBe(`bytes=${bytes}-${file.length - 1}`);
  expect(grown.view(0).predict(sequence)).toEqual(whole.view(0).predict(sequence));
});

test('a file that is a prefix is loaded as far as it goes, and cannot grow', async () => {
  for (const budget of [{}, { rate: 0.5 }, { rate: 0.97 }]) {
    const loaded = await load(`${url}/prefix`, budget);
    expect(loaded.bytes.length).toBe(prefixBytes);
    expect(loaded.view(0.97).predict(sequence)).toEqual(new RuntimeModel(file).view(0.97).predict(sequence));
    expect(() => loaded.view(0.5)).toThrow(RangeError);
    expect(await grow(loaded, `${url}/prefix`, 0)).toBe(loaded);
  }
});

test('the prefix for a rate holds the network of that rate, however the rate rounds', () => {
  const example = new Uint8Array(readFileSync(new URL('../examples/irds.anyrate', import.meta.url)));
  const whole = new RuntimeModel(example);
  const all = whole.view().nonzeros;
  expect(all).toBeGreaterThan(110_000);
  for (let step = 0; step < 400; step += step < 320 ? 20 : 1) {
    const rate = step / 400;
    const prefix = new RuntimeModel(example.subarray(0, whole.bytesAt(rate)));
    expect(prefix.view(rate).nonzeros, `${rate}`).toBe(Math.min(Math.round((1 - rate) * 113_732), all));
    expect(() => prefix.view(rate - 0.0001)).toThrow(RangeError);
  }
});

test('a buffer is a file too', async () => {
  const loaded = await load(file.slice().buffer);
  expect(loaded.bytes).toEqual(file);
});

test.each([
  [{ bytes: 12000.5 } as LoadBudget, 'bytes: expected whole bytes, found 12000.5'],
  [{ bytes: Number.NaN }, 'found NaN'],
  [{ bytes: 0 }, 'found 0'],
  [{ rate: Number.NaN }, 'rate: expected 0 up to 1, found NaN'],
  [{ rate: -0.1 }, 'found -0.1'],
  [{ rate: 1 }, 'found 1'],
  [{ rate: 98 }, 'found 98'],
])('a budget of %o is refused', async (budget, message) => {
  const refusal = await load(`${url}/model`, budget).catch((error) => error);
  expect(refusal).toBeInstanceOf(RangeError);
  expect(refusal.message).toContain(message);
  if (budget.rate !== undefined) await expect(grow(new RuntimeModel(file), url, budget.rate)).rejects.toThrow(message);
});

test('a server without ranges sends the whole file', async () => {
  const { bytes } = await load(`${url}/whole`, { rate: 0.9 });
  expect(bytes.length).toBe(file.length);
});

test('a file that has become another since is loaded whole, and nothing is made of parts of both', async () => {
  const { bytes } = new RuntimeModel(file.subarray(0, new RuntimeModel(file).bytesAt(0.99)));
  const small = await load(`${url}/tagged`, { bytes: bytes.length });
  expect((await grow(small, `${url}/tagged`, 0)).bytes).toEqual(file);
  version++;
  expect((await grow(small, `${url}/tagged`, 0)).bytes).toEqual(new Uint8Array(other));
  const careless = await load(`${url}/careless`, { bytes: bytes.length });
  await expect(grow(careless, `${url}/careless`, 0)).rejects.toThrow('/careless: changed since; load it again');
});

test('a request ends with its signal', async () => {
  const ended = AbortSignal.abort(new Error('enough'));
  await expect(load(`${url}/model`, { rate: 0.5, signal: ended })).rejects.toThrow('enough');
  const small = new RuntimeModel(file.subarray(0, new RuntimeModel(file).bytesAt(0.99)));
  await expect(grow(small, `${url}/model`, 0, { signal: ended })).rejects.toThrow('enough');
});

test('views of one file differ in rate and non-zeros alone, and a rate that is not there is a RangeError', () => {
  const whole = new RuntimeModel(file);
  const { weightCount } = model.network;
  for (const rate of [0, 0.123, 0.5, 0.98]) {
    expect(whole.view(rate).nonzeros).toBe(Math.round((1 - rate) * weightCount));
  }
  const prefix = new RuntimeModel(file.subarray(0, whole.bytesAt(0.9)));
  expect(() => prefix.view(0.5)).toThrow(RangeError);
  expect(() => whole.view(1)).toThrow(RangeError);
  expect(() => whole.view().predict({ ...sequence, joints: 20 })).toThrow('expected 2+ frames of 1 x mediapipe');
});

test('the answer of a recognizer is to the bit that of its cells as a sequence', () => {
  const view = new RuntimeModel(file).view();
  const events: RecognizerEvent[] = [];
  const { frames, persons, layout } = view;
  const window = frames / 32; // binary fractions: each cell is exactly a frame
  const options = { framesPerSecond: 32, window, least: window, step: 1 / 32, smoothing: 0, confidence: 0 };
  const recognizer = new Recognizer(view, { ...options, bridge: 'hold', onChange: (event) => events.push(event) });
  const size = 21 * 3;
  const frame = (i: number) => sequence.positions.subarray((i % 6) * size, ((i % 6) + 1) * size);
  for (let i = 0; i <= frames; i++) recognizer.push(frame(i));
  const positions = Float32Array.from({ length: frames * size }, (_, i) => frame(Math.floor(i / size))[i % size]);
  const { name, probability } = view.predict({ frames, persons, joints: layout.joints.length, positions });
  expect(events).toEqual([{ name, probability, frame: frames + 1, seconds: window }]);
  expect(() => recognizer.push([1])).toThrow('frame: expected 63 numbers');
});

test('infinite positions are refused at every rate, whether an answer depends on them or not', () => {
  const model = new RuntimeModel(file);
  for (const rate of [0, 0.98, 0.999]) {
    for (let joint = 0; joint < 21; joint++) {
      const positions = sequence.positions.slice();
      positions[joint * 3] = Number.POSITIVE_INFINITY;
      expect(() => model.view(rate).predict({ ...sequence, positions })).toThrow('positions: expected no Infinity');
    }
  }
});

test('lost joints are NaN: the answer is that of the line between the frames that saw them', () => {
  const view = new RuntimeModel(file).view();
  const [lost, line] = [sequence.positions.slice(), sequence.positions.slice()];
  const size = 21 * 3;
  for (let at = 3 * size + 12; at < 3 * size + 15; at++) {
    lost[at] = Number.NaN;
    line[at] = 0.5 * line[at - size] + 0.5 * line[at + size];
  }
  const expected = view.predict({ ...sequence, positions: line });
  expect(view.predict({ ...sequence, positions: lost })).toEqual(expected);
  expect(expected).not.toEqual(view.predict(sequence));
});

test('time stamps that fall, are no numbers or too few are refused', () => {
  const view = new RuntimeModel(file).view();
  const seconds = Float64Array.from({ length: sequence.frames }, (_, i) => i ** 2 / 30);
  expect(view.predict({ ...sequence, seconds })).not.toEqual(view.predict(sequence));
  for (const [at, bad] of [
    [0, Number.NaN],
    [3, 0],
    [sequence.frames - 1, Number.NaN],
  ]) {
    const wrong = seconds.slice();
    wrong[at] = bad;
    expect(() => view.predict({ ...sequence, seconds: wrong })).toThrow('seconds: expected');
  }
  expect(() => view.predict({ ...sequence, seconds: seconds.subarray(1) })).toThrow('seconds: expected');
});

test('each prefix of a file states the rate that it has when it is loaded', () => {
  const live = encodeModel(dropDead(cut(model, { rate: 0.8 })));
  expect(new RuntimeModel(live).prefixes.length).toBeGreaterThan(2);
  expect(new RuntimeModel(live).prefixes.at(-1)!.rate).toBe(0.8);
  for (const bytes of [file, live]) {
    for (const { rate, bytes: end } of new RuntimeModel(bytes).prefixes) {
      expect(new RuntimeModel(bytes.subarray(0, end)).rate).toBe(rate);
    }
  }
});

test('the benchmark reports size and latency at every rate', () => {
  const results = benchInfer(model, toyDataset(3).samples, [0, 0.9], 20);
  expect(results.map(({ rate, nonzeros }) => [rate, nonzeros])).toEqual(
    [0, 0.9].map((rate) => [rate, Math.round((1 - rate) * model.network.weightCount)]),
  );
  expect(results[0].bytes).toBe(file.length);
  for (const { predict, network, firstAnswer } of results) {
    expect(Math.min(predict.median, network.median, firstAnswer)).toBeGreaterThan(0);
    expect(predict.p95).toBeGreaterThanOrEqual(predict.median);
  }
});
