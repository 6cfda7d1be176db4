import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Claims } from './claims.js';
import { Workers } from './workers.js';

const KEY = 'a'.repeat(64);
const PATIENCE = 0.2;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anyrate-claims-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** Somebody who takes part. */
function participant(patience = PATIENCE): { workers: Workers; claims: Claims } {
  const workers = new Workers(folder, patience);
  workers.join();
  const claims = new Claims(folder, workers);
  claims.make();
  return { workers, claims };
}

/** A worker of another machine whose heart does not beat, and its claim. */
function silent(beats = 1): void {
  const facts = { id: 'elsewhere', host: 'elsewhere', system: 'x', pid: 1, beats };
  writeFileSync(join(folder, 'workers', 'elsewhere'), JSON.stringify(facts));
}

test('a job is claimed by one, and by another after it was given back', () => {
  const [a, b] = [participant(), participant()];
  expect(a.claims.take(KEY, a.claims.list())).toBe(true);
  expect(b.claims.take(KEY, b.claims.list())).toBe(false);
  a.claims.release(KEY);
  expect(b.claims.take(KEY, b.claims.list())).toBe(true);
  expect([a.claims.holds(KEY), b.claims.holds(KEY)]).toEqual([false, true]);
  expect([...a.claims.holders().values()]).toEqual([b.workers.id]);
  b.claims.drop(KEY);
  expect(readdirSync(join(folder, 'claims'))).toEqual([]);
  for (const { workers } of [a, b]) workers.leave();
});

test('of two who find a worker dead at the same moment, one takes over', async () => {
  const [a, b] = [participant(), participant()];
  silent();
  writeFileSync(join(folder, 'claims', `${KEY}.1`), 'elsewhere');
  const there = a.claims.list();
  expect([a.claims.take(KEY, there), b.claims.take(KEY, there)]).toEqual([false, false]);
  await setTimeout(1100 * PATIENCE);
  expect([a.claims.take(KEY, there), b.claims.take(KEY, there)]).toEqual([true, false]);
  for (const { workers } of [a, b]) workers.leave();
});

test('one who was overtaken knows it, and neither frees nor drops the claim of the other', async () => {
  const [a, b] = [participant(), participant()];
  a.claims.take(KEY, a.claims.list());
  writeFileSync(join(folder, 'claims', `${KEY}.2`), b.workers.id);
  expect(a.claims.holds(KEY)).toBe(false);
  a.claims.release(KEY);
  expect([...b.claims.holders().values()]).toEqual([b.workers.id]);
  for (const { workers } of [a, b]) workers.leave();
});

test('a worker lives as long as its number rises, whatever any clock says', async () => {
  const { workers } = participant();
  silent(1);
  expect(workers.isDead('elsewhere')).toBe(false);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  for (let beats = 2; beats < 6; beats++) {
    await setTimeout(600 * PATIENCE);
    silent(beats);
    expect(workers.isDead('elsewhere')).toBe(false);
  }
  await setTimeout(1100 * PATIENCE);
  expect(workers.isDead('elsewhere')).toBe(true);
  workers.leave();
});

test.runIf(process.platform === 'linux')('a process of this system that is gone is dead at once', () => {
  const { workers } = participant(1000);
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const [{ system }] = workers.all();
  writeFileSync(
    join(folder, 'workers', 'gone'),
    JSON.stringify({ id: 'gone', host: hostname(), system, pid, beats: 1 }),
  );
  expect(workers.isDead('gone')).toBe(true);
  expect(workers.isDead(workers.id)).toBe(false);
  workers.leave();
});

test('a claim that nobody has signed yet is left alone, for as long as others', async () => {
  const { workers, claims } = participant();
  writeFileSync(join(folder, 'claims', `${KEY}.1`), '');
  expect(claims.take(KEY, claims.list())).toBe(false);
  await setTimeout(1100 * PATIENCE);
  writeFileSync(join(folder, 'claims', `${'b'.repeat(64)}.1`), '');
  expect(claims.take('b'.repeat(64), claims.list())).toBe(false);
  expect(claims.take(KEY, claims.list())).toBe(true);
  workers.leave();
});
