import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { serveCalls } from './serve.js';
import { type Port, WorkerClient } from './worker-client.js';

interface Sums {
  readonly add: { readonly in: readonly number[]; readonly event: number; readonly out: number };
  readonly wait: { readonly in: undefined; readonly event: never; readonly out: string };
}

const opened: Port[] = [];
afterEach(() => {
  for (const port of opened.splice(0)) port.terminate();
});

/** Both ends of a channel, which take the place of a worker. */
function start(): Port {
  const { port1, port2 } = new MessageChannel();
  serveCalls<Sums>(port2 as never, {
    add: (numbers, { emit }) => {
      for (const value of numbers) emit(value);
      if (numbers.length === 0) throw Object.assign(new Error('nothing to add'), { name: 'InputError' });
      return numbers.reduce((sum, value) => sum + value, 0);
    },
    wait: (_, { signal }) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped'), { once: true })),
  });
  const port = port1 as unknown as Port;
  Object.assign(port, { terminate: () => port1.close(), onerror: null });
  opened.push(port);
  return port;
}

test('a call has its events in order, then its answer', async () => {
  const events: number[] = [];
  const client = new WorkerClient<Sums>(start);
  expect(await client.call('add', [1, 2, 3], { onEvent: (event) => events.push(event) })).toBe(6);
  expect(events).toEqual([1, 2, 3]);
});

test('a fault keeps its name and its words', async () => {
  const failed = new WorkerClient<Sums>(start).call('add', []);
  await expect(failed).rejects.toMatchObject({ name: 'InputError', message: 'nothing to add' });
});

test('a signal of the page is a signal in the worker, however early', async () => {
  const client = new WorkerClient<Sums>(start);
  const controller = new AbortController();
  const waiting = client.call('wait', undefined, { signal: controller.signal });
  controller.abort();
  expect(await waiting).toBe('stopped');
  expect(await client.call('wait', undefined, { signal: AbortSignal.abort() })).toBe('stopped');
});

test('after a crash calls fail, and the next one starts a worker anew', async () => {
  const client = new WorkerClient<Sums>(start);
  const waiting = client.call('wait', undefined);
  (opened[0].onerror as (event: object) => void)({ message: 'out of memory' });
  await expect(waiting).rejects.toMatchObject({ name: 'WorkerEnded', message: 'out of memory' });
  expect(await client.call('add', [4])).toBe(4);
  expect(opened).toHaveLength(2);
});
