import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lease } from './lease.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] }));
afterEach(() => vi.useRealTimers());

async function pass(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1000);
}

test('it is renewed several times in the time that a worker may be silent, wherever the clock is set', async () => {
  const renew = vi.fn(async () => true);
  const lease = new Lease({ renew, isCancelled: async () => false }, 30);
  await pass(60);
  vi.setSystemTime(0);
  await pass(60);
  expect(renew.mock.calls.length).toBe(24);
  expect(renew).toHaveBeenLastCalledWith(30_000);
  expect(lease.loss).toBeUndefined();
  lease.end();
  await pass(60);
  expect(renew.mock.calls.length).toBe(24);
});

test('it is lost where somebody else may have the job, at once', async () => {
  const lease = new Lease({ renew: async () => false, isCancelled: async () => false }, 30);
  await pass(6);
  expect(lease.loss).toBe('lost');
});

test('it is lost after the patience where the queue does not answer or refuses, and not before', async () => {
  let isThere = true;
  const hangs = new Lease(
    { renew: () => (isThere ? Promise.resolve(true) : new Promise(() => {})), isCancelled: async () => false },
    30,
  );
  const refuses = new Lease({ renew: () => Promise.reject(new Error('MISCONF')), isCancelled: async () => false }, 30);
  await pass(11);
  isThere = false;
  await pass(28);
  expect([hangs.loss, refuses.loss]).toEqual([undefined, 'lost']);
  await pass(7);
  expect(hangs.loss).toBe('lost');
});

test('a job that is cancelled, or that somebody removed, is left', async () => {
  let isCancelled: boolean | undefined = false;
  const questions = { renew: async () => true, isCancelled: async () => isCancelled };
  const [one, other] = [new Lease(questions, 30), new Lease(questions, 30)];
  await pass(6);
  expect(one.loss).toBeUndefined();
  other.end();
  isCancelled = true;
  await pass(6);
  expect(one.loss).toBe('cancelled');
  const third = new Lease({ ...questions, isCancelled: async () => undefined }, 30);
  await pass(6);
  expect(third.loss).toBe('lost');
});
