// A sweep from a program whose jobs are done by `anyrate worker`, through a real redis-server.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSweep, type SweepEvent } from '../src/node.js';
import { SweepFolder, type SweepStatus, sweepStatus } from '../src/run/sweep/node/sweep-folder.js';
import { makePlayground, startAnyrate } from './support/cli.js';
import { startRedis, type TestServer } from './support/servers.js';
import { sweepOutcome, writeSweep } from './support/sweep-rig.js';
import { describeWith } from './support/tools.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

describeWith('redis-server', 'runSweep with a queue', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.end());

  test('has its jobs done by workers, and gives what it gives without one, to the byte', async () => {
    writeSweep(root, 'sweep', { grid: {}, splits: 'cross-subject', seeds: 2 });
    cpSync(join(root, 'data'), join(root, 'sets/irds'), { recursive: true });
    const file = join(root, 'sweep.json');
    const here = await runSweep(file, { folder: join(root, 'here') });
    const { child, outcome } = startAnyrate(root, ['worker', '--queue', server.url, '--data-dir', 'sets']);
    const events: SweepEvent[] = [];
    const options = { folder: join(root, 'away'), queue: server.url, priority: 2, patience: 10 };
    const shown: SweepStatus[] = [];
    const onEvent = (event: SweepEvent) => {
      events.push(event);
      const folder = new SweepFolder(options.folder);
      shown.push(sweepStatus(folder, folder.plan()));
    };
    const away = await runSweep(file, { ...options, onEvent });
    expect(shown[0]).toMatchObject({ state: 'running', done: 0, workers: [{ quiet: expect.any(Number) }] });
    child.kill('SIGTERM');
    expect(await outcome).toMatchObject({ code: 0, stdout: 'Jobs done: 2\n' });
    const { trainings: _, ...report } = here.report;
    expect(away).toMatchObject({ report, failures: [] });
    expect(events.filter(({ type }) => type === 'result')).toHaveLength(2);
    expect(sweepOutcome(away.folder)).toEqual(sweepOutcome(here.folder));
  });

  test('goes on where it was interrupted, and says that a queue is not there', async () => {
    const file = join(root, 'sweep.json');
    const stopped = runSweep(file, { folder: join(root, 'later'), queue: server.url, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(/^Interrupted: 0 of 2 jobs are kept in /);
    const nowhere = runSweep(file, { folder: join(root, 'here'), queue: 'redis://127.0.0.1:1' });
    await expect(nowhere).rejects.toThrow(/--queue: expected a database that answers at redis:\/\/127\.0\.0\.1:1/);
    const again = await runSweep(file, { folder: join(root, 'later'), queue: server.url });
    expect(sweepOutcome(again.folder)).toEqual(sweepOutcome(join(root, 'here')));
  });
});
