// A coordinator of the sweep of rig.js (or its first `--most` jobs), or of `--toy` jobs that sleep, as a process that can be killed; with
// `--local N` a pool of N processes of `--threads` each in place of a queue: node bench/queue/coordinator.js --queue URL --out DIR

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { folderRunner } from '../../dist/run/jobs/node/folder-runner.js';
import { FolderStore } from '../../dist/run/jobs/node/folder-store.js';
import { connectQueue } from '../../dist/run/queue/node/connect.js';
import { runByQueue } from '../../dist/run/queue/node/coordinate.js';
import { sweepJobs } from './rig.js';
import { toyJobs } from './toy.js';

const { values } = parseArgs({
  options: {
    queue: { type: 'string' },
    out: { type: 'string' },
    patience: { type: 'string', default: '30' },
    epochs: { type: 'string', default: '4' },
    data: { type: 'string' },
    toy: { type: 'string' },
    local: { type: 'string' },
    threads: { type: 'string', default: '1' },
    most: { type: 'string' },
  },
});
const all = values.toy === undefined ? await sweepJobs(values) : await toyJobs(Number(values.toy));
const jobs = values.most === undefined ? all : all.slice(0, Number(values.most));
if (values.local !== undefined) {
  const data = values.data === undefined ? 'irds' : join(values.data, 'irds');
  const pool = { folder: values.out, data, processes: Number(values.local), threads: Number(values.threads) };
  await folderRunner(pool)(() => jobs);
  await sleep(1000); // so that the system counts the processes that have just ended
  process.exit();
}
const store = new FolderStore(values.out);
store.make();
const started = performance.now();
const say = (text) => console.error(`${((performance.now() - started) / 1000).toFixed(2)} ${text}`);
try {
  const connection = await connectQueue(values.queue, { onNotice: say });
  const finished = await runByQueue(connection, () => jobs, {
    store,
    onNotice: say,
    onEvent: (event) => {
      if (event.type === 'result') say(`result ${event.job.name}`);
      else if (event.type !== 'progress' && event.job)
        say(`${event.type} ${event.job.name} ${event.message ?? event.worker ?? ''}`);
    },
  });
  say(`all ${finished.size} of ${jobs.length}`);
  await connection.close();
  process.exit(finished.size === jobs.length ? 0 : 1);
} catch (error) {
  say(`error: ${error.message}`);
  process.exit(2);
}
