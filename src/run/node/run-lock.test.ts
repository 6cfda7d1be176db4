import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { InputError } from '../../core/errors.js';
import { withLock } from './run-lock.js';

const folder = mkdtempSync(join(tmpdir(), 'anyrate-lock-'));
const lock = join(folder, 'lock');
afterAll(() => rmSync(folder, { recursive: true }));

const write = (owner: object) => writeFileSync(lock, JSON.stringify(owner));
const use = () => withLock(folder, async () => 'done');

test('while somebody trains in a folder nobody else does, and afterwards it is free', async () => {
  await withLock(folder, async () => {
    expect(existsSync(lock)).toBe(true);
    await expect(use()).rejects.toThrow(InputError);
    await expect(use()).rejects.toThrow(
      new RegExp(`expected a run that nobody else trains, found one that process ${process.pid} on .* trains, for 0 s`),
    );
  });
  expect(existsSync(lock)).toBe(false);
  expect(await use()).toBe('done');
});

test('work that fails leaves no lock', async () => {
  await expect(withLock(folder, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(existsSync(lock)).toBe(false);
});

test('another process that lives is not disturbed; the lock of one that is gone is taken over', async () => {
  write({ pid: process.ppid, host: hostname(), since: Date.now() - 7_200_000 });
  await expect(use()).rejects.toThrow(
    `process ${process.ppid} on ${hostname()} trains, for 2.0 h. Wait for it, or end it; if it is gone, delete ${lock}.`,
  );
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  write({ pid, host: hostname(), since: Date.now() });
  expect(await use()).toBe('done');
});

test('a lock with the number of this process that it does not hold is of one before; half a lock is of nobody', async () => {
  write({ pid: process.pid, host: hostname(), since: 0 });
  expect(await use()).toBe('done');
  writeFileSync(lock, 'half');
  expect(await use()).toBe('done');
});

test('an owner on another machine is known by the time of its lock: taken over after half an hour of silence', async () => {
  const silent = (minutes: number) => utimesSync(lock, new Date(), new Date(Date.now() - minutes * 60_000));
  write({ pid: 1, host: 'elsewhere', since: Date.now() - 7_200_000 });
  silent(20);
  await expect(use()).rejects.toThrow('process 1 on elsewhere trains, for 2.0 h, last seen 20 min ago');
  silent(31);
  expect(await use()).toBe('done');
});

test('who trains shows a sign of life every minute', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    await withLock(folder, async () => {
      utimesSync(lock, new Date(0), new Date(0));
      vi.advanceTimersByTime(60_000);
      expect(statSync(lock).mtimeMs).toBeGreaterThan(0);
    });
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
