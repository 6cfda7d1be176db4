import { join } from 'node:path';
import { Command, Option } from 'commander';
import { InputError } from '../core/errors.js';
import { shellWord } from '../core/format.js';
import { isBuiltin } from '../data/node/load.js';
import { DEFAULT_PATIENCE } from '../run/jobs/node/workers.js';
import type { JobSource } from '../run/jobs/run-jobs.js';
import { planSweep, type SweepChanges } from '../run/sweep/node/plan-sweep.js';
import { SweepFolder, sweepStatus, usualFolder } from '../run/sweep/node/sweep-folder.js';
import { keepPage, writeReport } from '../run/sweep/node/write-report.js';
import type { SweepPlan } from '../run/sweep/plan.js';
import { sweepSource } from '../run/sweep/sweep-jobs.js';
import type { SweepReport } from '../run/sweep/sweep-report.js';
import { accuracyTable, differencesTable } from '../run/sweep/tables.js';
import { tell } from './failure.js';
import { runInFolder } from './jobs/run.js';
import { examples, flags, parsePositive, printResult, wholeNumber } from './options.js';
import { cancelInQueue, runOnQueue } from './sweep/queue.js';
import { parseShard, type Shard, shardSource } from './sweep/shard.js';
import { describeStatus } from './sweep/status.js';

interface SweepOptions extends SweepChanges {
  readonly jobs: number;
  readonly threads: number;
  readonly patience: number;
  readonly shard?: Shard;
  readonly join?: string;
  readonly out?: string;
  readonly queue?: string;
  readonly priority: number;
  readonly json?: boolean;
}

export function sweepCommand(): Command {
  return new Command('sweep')
    .description('many trainings: recipes, settings, seeds, splits and methods, on one machine or several')
    .argument('[file]', 'the file of a sweep; see docs/sweeps.md')
    .addOption(
      new Option(
        '--out <dir>',
        'folder of the sweep; run the same command again to continue (default: runs/sweep-<name>)',
      ),
    )
    .addOption(flags.data())
    .addOption(
      new Option(
        '--seeds <list>',
        'seeds instead of those of the file: 5 for 1 to 5, or a list such as 4-6,9',
      ).conflicts('join'),
    )
    .addOption(flags.epochs().conflicts('join'))
    .addOption(flags.jobs())
    .addOption(
      new Option('--threads <n>', 'threads of each training; the result is the same for any number')
        .argParser(wholeNumber('--threads', 1, 64))
        .default(1),
    )
    .addOption(new Option('--shard <i/n>', 'run only every n-th job, from the i-th on').argParser(parseShard))
    .addOption(new Option('--join <folder>', 'take part in the sweep of a folder on a shared disk').conflicts('out'))
    .addOption(
      new Option('--patience <seconds>', 'take over the jobs of a worker that was not heard of for so long')
        .argParser(parsePositive('--patience'))
        .default(DEFAULT_PATIENCE),
    )
    .addOption(
      new Option(
        '--queue <url>',
        'let workers of other machines do the jobs: redis://, rediss:// (TLS) or postgres://',
      ).conflicts('join'),
    )
    .addOption(
      new Option('--priority <n>', 'of the sweep in its queue, 1 the first')
        .argParser(wholeNumber('--priority', 1, 20))
        .default(5),
    )
    .addOption(flags.json())
    .addCommand(statusCommand())
    .addCommand(cancelCommand())
    .addCommand(reportCommand())
    .addHelpText(
      'after',
      examples(
        'anyrate sweep widths.json --jobs 2 --threads 1',
        'anyrate sweep widths.json --seeds 4-6,9 --out /shared/widths',
        'anyrate sweep --join /shared/widths --data path/to/sbu',
        'anyrate sweep widths.json --shard 2/5 --out part2',
        'anyrate sweep widths.json --queue redis://queue.lab:6379',
      ),
    )
    .action(sweep);
}

async function sweep(file: string | undefined, options: SweepOptions): Promise<void> {
  const { folder, plan, data } = await openSweep(file, options);
  const { shard } = options;
  if (shard !== undefined && plan.search !== undefined) throw searchInParts();
  const stop = keepPage(folder, plan);
  try {
    await runJobs(shardSource(sweepSource(plan), shard), folder, data, options);
  } catch (error) {
    if (!(error instanceof InputError)) await stop().then(() => writeReport(folder, plan));
    throw error;
  } finally {
    await stop();
  }
  const report = await writeReport(folder, plan);
  printResult(options.json, report, () => describeSweep(report, folder.path));
}

async function runJobs(source: JobSource, folder: SweepFolder, data: string, options: SweepOptions): Promise<void> {
  const { jobs: processes, threads, patience, queue, priority } = options;
  if (queue !== undefined) return runOnQueue(source, folder, { queue, patience, priority }, processes);
  await runInFolder(source, { folder: folder.path, data, processes, threads, patience });
}

/** The sweep of a file, whose folder is made; or that of a folder. */
async function openSweep(
  file: string | undefined,
  options: SweepOptions,
): Promise<{ folder: SweepFolder; plan: SweepPlan; data: string }> {
  if (options.join !== undefined && file === undefined) {
    const folder = new SweepFolder(options.join);
    const plan = folder.plan();
    if (folder.isCancelled) throw cancelled(options.join);
    return { folder, plan, data: options.data ?? builtinData(plan) };
  }
  if (file === undefined || options.join !== undefined) throw oneOfBoth(file);
  const { plan, data } = await planSweep(file, options);
  const folder = new SweepFolder(options.out ?? usualFolder(plan.name));
  if (folder.save(plan))
    tell(`${folder.path} had another plan. It is replaced; results of jobs that are in both count.`);
  return { folder, plan, data };
}

function builtinData({ data: { name } }: SweepPlan): string {
  if (isBuiltin(name)) return name;
  const mend = `Pass --data with the path of ${name} on this machine.`;
  throw new InputError({ source: '--data', expected: `the data set ${name}`, found: 'none', mend });
}

function searchInParts(): InputError {
  return new InputError({
    source: '--shard',
    expected: 'a sweep without a search, whose jobs are known from the start',
    found: 'one with a search',
    mend: 'Let the machines share its folder with --join.',
  });
}

function cancelled(folder: string): InputError {
  const mend = 'Start it again with its file and --out.';
  return new InputError({ source: folder, expected: 'a sweep that runs', found: 'one that was cancelled', mend });
}

function oneOfBoth(file: string | undefined): InputError {
  return new InputError({
    source: 'sweep',
    expected: 'the file of a sweep, or --join with the folder of one',
    found: file === undefined ? 'neither' : 'both',
    mend: 'See anyrate sweep --help.',
  });
}

function statusCommand(): Command {
  return new Command('status')
    .description('how far a sweep is: jobs, workers, failures')
    .argument('<folder>', 'the folder of a sweep')
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate sweep status runs/sweep-widths'))
    .action((path: string, _: object, command: Command) => {
      const folder = new SweepFolder(path);
      const status = sweepStatus(folder, folder.plan());
      printResult(isJson(command), status, () => describeStatus(status));
    });
}

function cancelCommand(): Command {
  return new Command('cancel')
    .description('end all workers of a sweep; they save their checkpoints first')
    .argument('<folder>', 'the folder of a sweep')
    .addOption(flags.json())
    .addHelpText(
      'after',
      examples(
        'anyrate sweep cancel runs/sweep-widths',
        'anyrate sweep cancel runs/sweep-widths --queue redis://queue.lab',
      ),
    )
    .action(async (path: string, _: object, command: Command) => {
      const folder = new SweepFolder(path);
      const { queue } = command.optsWithGlobals<{ queue?: string }>();
      if (sweepStatus(folder, folder.plan()).state === 'done') throw alreadyDone(path);
      const jobs = queue === undefined ? undefined : await cancelInQueue(folder, queue);
      folder.cancel();
      printResult(
        isJson(command),
        { cancelled: path, jobs },
        () => `Cancelled: ${path}. Start it again with its file and --out.`,
      );
    });
}

function alreadyDone(source: string): InputError {
  const mend = `Nothing was cancelled. Its report: anyrate sweep report ${shellWord(source)}`;
  return new InputError({ source, expected: 'a sweep that goes on, or that can', found: 'one that is done', mend });
}

function reportCommand(): Command {
  return new Command('report')
    .description('write the report of what is done, such as of results that were copied together')
    .argument('<folder>', 'the folder of a sweep')
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate sweep report runs/sweep-widths'))
    .action(async (path: string, _: object, command: Command) => {
      const folder = new SweepFolder(path);
      const report = await writeReport(folder, folder.plan());
      printResult(isJson(command), report, () => describeSweep(report, path));
    });
}

/** The parent has the flag too, and takes it wherever it stands. */
function isJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true;
}

function describeSweep(report: SweepReport, path: string): string {
  const { name, jobs } = report;
  const state = jobs.done < jobs.wanted ? `${jobs.done} of ${jobs.wanted} jobs are done.` : '';
  const chosen = report.searches.map(
    (search) => `${search.split}: ${search.chosen ?? 'not yet'}, chosen on ${search.validation}`,
  );
  const written = `Report:  ${join(path, 'report.md')}\nPage:    ${join(path, 'report.html')}`;
  const parts = [name, state, chosen.join('\n'), accuracyTable(report), differencesTable(report), written];
  return parts.filter((part) => part !== '').join('\n\n');
}
