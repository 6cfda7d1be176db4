import { hostname } from 'node:os';
import { Command, Option } from 'commander';
import { FolderStore } from '../run/jobs/node/folder-store.js';
import type { OnJob } from '../run/queue/node/attempt.js';
import { onInterrupt, tell } from './failure.js';
import { examples, flags, parsePositive, printResult, wholeNumber } from './options.js';
import { pluginPaths } from './plugins.js';
import { patienceOption, queueOption, queueUrl } from './queue-options.js';

interface WorkerFlags {
  readonly queue?: string;
  readonly dataDir?: string;
  readonly folder?: string;
  readonly jobs: number;
  readonly threads: number;
  readonly name: string;
  readonly patience?: number;
  readonly idle?: number;
  readonly json?: boolean;
}

export function workerCommand(): Command {
  return new Command('worker')
    .description('do the jobs that sweeps have put into a queue, until it is interrupted')
    .addOption(queueOption())
    .addOption(new Option('--data-dir <dir>', 'folder of data sets, each as NAME, NAME.anyset or NAME.zip'))
    .addOption(new Option('--folder <dir>', 'keep checkpoints and results in this shared folder, not in the database'))
    .addOption(flags.jobs())
    .addOption(
      new Option('--threads <n>', 'threads of each training').argParser(wholeNumber('--threads', 1, 256)).default(1),
    )
    .addOption(new Option('--name <text>', 'as others see it').default(`${hostname()}-${process.pid}`))
    .addOption(patienceOption())
    .addOption(
      new Option('--idle <seconds>', 'end after so long without a job (default: never)').argParser(
        parsePositive('--idle'),
      ),
    )
    .addOption(flags.json())
    .addHelpText(
      'after',
      examples(
        'anyrate worker --queue redis://queue.lab:6379 --data-dir /data --jobs 4',
        'ANYRATE_QUEUE=rediss://user:password@queue.lab:6380 anyrate worker --idle 600',
      ),
    )
    .action(work);
}

async function work(options: WorkerFlags): Promise<void> {
  const { connectQueue } = await import('../run/queue/node/connect.js');
  const { dataFinder } = await import('../run/queue/node/data-dir.js');
  const { serveQueue } = await import('../run/queue/node/serve.js');
  const { TrainingWork } = await import('../run/queue/node/training-work.js');
  const { patience, name, idle, threads } = options;
  const dataOf = dataFinder(options.dataDir);
  const folder = options.folder === undefined ? undefined : new FolderStore(options.folder, `.${name}`);
  folder?.make();
  const plugins = pluginPaths(process.argv.slice(2));
  const slots = Array.from({ length: options.jobs }, () => new TrainingWork({ threads, plugins }));
  const connection = await connectQueue(queueUrl(options.queue), { patience, onNotice: tell });
  const interrupt = onInterrupt('Stopping; jobs go back with their checkpoints');
  const counts = { done: 0, resumed: 0, stopped: 0, lost: 0, cancelled: 0, failed: 0 };
  const onJob: OnJob = ({ name: job }, what, text) => {
    if (what !== 'begun') counts[what]++;
    tell(`${job}: ${text}`);
  };
  try {
    tell(`${name} waits for jobs at ${connection.shown}`);
    await serveQueue(connection, {
      name,
      slots,
      folder,
      patience,
      idle,
      dataOf,
      onJob,
      onNotice: tell,
      signal: interrupt.signal,
    });
  } finally {
    interrupt.release();
    for (const slot of slots) slot.kill();
    await connection.close();
  }
  printResult(options.json, counts, () => `Jobs done: ${counts.done}`);
}
