import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Job } from '../../src/run/jobs/job.js';
import type { JobEvent } from '../../src/run/jobs/run-jobs.js';
import type { JobNews } from '../../src/run/queue/node/attempt.js';
import { cancelOnQueue } from '../../src/run/queue/node/cancel.js';
import { connectQueue } from '../../src/run/queue/node/connect.js';
import type { QueueConnection } from '../../src/run/queue/node/connection.js';
import { runByQueue } from '../../src/run/queue/node/coordinate.js';
import { entryIdOf, factsOf, LOBBY, queueNameOf } from '../../src/run/queue/node/names.js';
import { type ServeOptions, serveQueue } from '../../src/run/queue/node/serve.js';
import { ToyWork, toyJobs, toyResult, toyStore, until } from './queue-rig.js';
import type { TestServer } from './servers.js';

/** What a queue must do in every database. */
export function behaves(startServer: () => Promise<TestServer>): void {
  let server: TestServer;
  let connection: QueueConnection;
  const stop = new AbortController();
  const workers: { readonly end: () => Promise<void> }[] = [];
  /** Seeds of jobs, so that no test meets another's. */
  let seed = 1;

  beforeAll(async () => {
    server = await startServer();
    connection = await connectQueue(server.url, { patience: 3 });
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map(({ end }) => end()));
  });
  afterAll(async () => {
    stop.abort();
    await connection?.close();
    await server?.end();
  });

  function jobs(count: number): Job[] {
    const first = seed;
    seed += count;
    return toyJobs(count, first);
  }

  async function worker(works: readonly ToyWork[], options: Partial<ServeOptions> = {}) {
    const mine = await connectQueue(server.url, { patience: 3 });
    const leave = new AbortController();
    const notices: string[] = [];
    const news: [string, JobNews][] = [];
    const serving = serveQueue(mine, {
      name: `worker${workers.length}`,
      slots: works,
      patience: 3,
      dataOf: () => 'toy',
      onNotice: (text) => notices.push(text),
      onJob: ({ key }, what) => what !== 'begun' && news.push([key, what]),
      ...options,
      signal: leave.signal,
    });
    let ending: Promise<void> | undefined;
    const end = () => {
      leave.abort();
      ending ??= serving.then(() => mine.close());
      return ending;
    };
    workers.push({ end });
    return { end, notices, news };
  }

  test('each job is done once, whoever asks for it, and its result is kept to the byte', async () => {
    const wanted = jobs(12);
    const works = [new ToyWork(20), new ToyWork(20), new ToyWork(20)];
    await worker(works.slice(0, 2));
    await worker(works.slice(2));
    const other = await connectQueue(server.url);
    const stores = [toyStore(), toyStore()];
    const both = await Promise.all([
      runByQueue(connection, () => wanted, { store: stores[0] }),
      runByQueue(other, () => wanted, { store: stores[1] }),
    ]);
    await other.close();
    expect(works.flatMap(({ done }) => done).toSorted()).toEqual(wanted.map(({ key }) => key).toSorted());
    for (const store of stores) {
      for (const job of wanted) expect(await store.result(job.key)).toBe(toyResult(job));
    }
    expect(both.map((finished) => finished.size)).toEqual([12, 12]);
    const lobby = await connection.queue(LOBBY);
    expect(await lobby.getJob(queueNameOf(factsOf(wanted[0].spec)))).toBeUndefined();
  });

  test('a worker that ends gives its job back with its checkpoint', async () => {
    const [job] = jobs(1);
    const slow = new ToyWork(60_000);
    const first = await worker([slow]);
    const running = runByQueue(connection, () => [job], { store: toyStore() });
    await until(() => slow.begun.length === 1);
    await first.end();
    const left = await connection.pieces.get(job.checkpointKey);
    expect(new TextDecoder().decode(left)).toBe(`left ${job.key}`);
    await worker([new ToyWork()]);
    expect((await running).size).toBe(1);
    await until(async () => (await connection.pieces.get(job.checkpointKey)) === undefined);
  });

  test('cancelled jobs are left with their checkpoints; the same sweep again goes on', async () => {
    const [running, waiting] = jobs(2);
    const slow = new ToyWork(60_000);
    const first = await worker([slow]);
    const events: JobEvent[] = [];
    const onEvent = (event: JobEvent) => events.push(event);
    const sweep = runByQueue(connection, () => [running, waiting], { store: toyStore(), onEvent });
    await until(() => slow.begun.length === 1);
    expect(await cancelOnQueue(connection, [running, waiting])).toBe(2);
    expect((await sweep).size).toBe(0);
    expect(events.filter(({ type }) => type === 'released')).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'failed')).toEqual([]);
    expect(await connection.pieces.get(running.checkpointKey)).toBeDefined();
    await first.end();
    await worker([new ToyWork()]);
    expect((await runByQueue(connection, () => [running, waiting], { store: toyStore() })).size).toBe(2);
  });

  test('what is forged fails, and nothing of it is done; the queue goes on', async () => {
    const [honest, victim] = jobs(2);
    const queue = await connection.queue(queueNameOf(factsOf(honest.spec)));
    const forged: [string, unknown][] = [
      ['job-path', { spec: { ...victim.spec, dataset: '../../etc' } }],
      [entryIdOf(victim), { spec: { ...victim.spec, rates: [0.9] } }],
      ['job-plugin', { spec: victim.spec, plugin: '/tmp/evil.js' }],
      ['job-proto', JSON.parse('{"__proto__": {"polluted": 1}, "spec": {"__proto__": {"polluted": 1}}}')],
      ['job-nothing', null],
      ['job-deep', { spec: { ...victim.spec, recipe: { ...victim.spec.recipe, network: [{ kind: 'eval' }] } } }],
    ];
    for (const [jobId, data] of forged) await queue.add('forged', data, { jobId });
    const work = new ToyWork();
    await worker([work]);
    expect((await runByQueue(connection, () => [honest], { store: toyStore() })).size).toBe(1);
    await until(async () => (await queue.getRanges(['failed'], 0, -1)).length >= forged.length);
    for (const [id] of forged) expect((await queue.getJob(id))?.failedReason, id).toMatch(/expected .* found /);
    expect(work.begun).toEqual([honest.key]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    await queue.obliterate({ force: true });
    await queue.close();
  });

  test('a result that is none counts as a failure, and is not written', async () => {
    const [job] = jobs(1);
    const lying = new ToyWork();
    lying.text = () => '{"job": {}, "rows": []}';
    await worker([lying]);
    const [store, events] = [toyStore(), [] as JobEvent[]];
    await runByQueue(connection, () => [job], { store, onEvent: (event) => events.push(event) });
    expect(events.at(-1)).toMatchObject({ type: 'failed', message: expect.stringMatching(/^result of toy/) });
    expect(store.keys()).toEqual([]);
  });

  test('an error that is none of the database ends the coordinator with its message', async () => {
    const [job] = jobs(1);
    await worker([new ToyWork()]);
    const store = toyStore();
    store.saveResult = () => Promise.reject(new Error('nobody expected this'));
    await expect(runByQueue(connection, () => [job], { store })).rejects.toThrow('nobody expected this');
    expect((await runByQueue(connection, () => [job], { store: toyStore() })).size).toBe(1);
  });

  test('a worker says why it leaves jobs to others', async () => {
    const [job] = jobs(1);
    const lobby = await connection.queue(LOBBY);
    const facts = factsOf(job.spec);
    const foreign = [
      { ...facts, revision: 999 },
      { ...facts, version: '99.0.0' },
      { ...facts, method: 'another' },
      { ...facts, dataset: '../elsewhere', fingerprint: 'abcdef' },
    ];
    for (const one of foreign) await lobby.add('queue', one, { jobId: queueNameOf(one) });
    await lobby.add('queue', { dataset: 'forged' }, { jobId: 'forged' });
    const asked: string[] = [];
    const dataOf = (dataset: string) => {
      asked.push(dataset);
      return undefined;
    };
    const { notices } = await worker([new ToyWork()], { dataOf });
    await until(() => notices.length >= 4);
    expect(notices.map((notice) => notice.replace(/^.*?others: /, '')).toSorted()).toEqual([
      expect.stringMatching(/^they are of anyrate 99.0.0/),
      expect.stringMatching(/^they are of training revision 999/),
      'this worker has no data of that name',
      expect.stringMatching(/^this worker has no method another/),
    ]);
    expect(asked).toContain('../elsewhere');
    await lobby.obliterate({ force: true });
    await lobby.close();
  });

  test('a job whose process dies is tried three times; the next sweep tries it anew', async () => {
    const [job] = jobs(1);
    const dying = new ToyWork();
    dying.dies = true;
    const first = await worker([dying]);
    const events: JobEvent[] = [];
    await runByQueue(connection, () => [job], { store: toyStore(), onEvent: (event) => events.push(event) });
    expect(events.at(-1)).toMatchObject({ type: 'failed', message: 'the process died' });
    expect(dying.begun).toHaveLength(3);
    await first.end();
    await worker([new ToyWork()]);
    expect((await runByQueue(connection, () => [job], { store: toyStore() })).size).toBe(1);
  });

  test('a worker that ends while the database is out of reach does not wait for it; others go on with its job', async () => {
    const [job] = jobs(1);
    const slow = new ToyWork(60_000);
    const away = await worker([slow]);
    const running = runByQueue(connection, () => [job], { store: toyStore() });
    await until(() => slow.begun.length === 1);
    await server.kill();
    await away.end();
    expect(away.news).toEqual([[job.key, 'lost']]);
    await server.start();
    await worker([new ToyWork()]);
    expect((await running).size).toBe(1);
  });

  test('an outage of the database under way is waited for by workers and coordinators', async () => {
    const wanted = jobs(2);
    await worker([new ToyWork(1500), new ToyWork(1500)]);
    const events: JobEvent[] = [];
    const running = runByQueue(connection, () => wanted, { store: toyStore(), onEvent: (event) => events.push(event) });
    await until(() => events.filter(({ type }) => type === 'start').length === 2);
    await server.kill();
    await server.start();
    expect((await running).size).toBe(2);
  });

  test('checkpoints of megabytes go in pieces; what is damaged is nothing', async () => {
    const bytes = Uint8Array.from({ length: 1_000_001 }, (_, i) => (i * 7919) % 251);
    await connection.pieces.put('large', bytes);
    expect(Buffer.from(bytes).equals((await connection.pieces.get('large'))!)).toBe(true);
    await connection.pieces.put('large', bytes.subarray(0, 3));
    expect(await connection.pieces.get('large')).toEqual(bytes.slice(0, 3));
    await connection.pieces.drop('large');
    expect(await connection.pieces.get('large')).toBeUndefined();
  });
}
