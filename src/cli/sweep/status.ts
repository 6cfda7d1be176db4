import { markdownTable } from 'markdown-table';
import { formatCount, formatDuration, formatPercent } from '../../core/format.js';
import type { SweepStatus } from '../../run/sweep/node/sweep-folder.js';

/** Where a sweep is, for a reader. */
export function describeStatus(status: SweepStatus): string {
  const { name, state, wanted, done, diverged, claimed, begun, failed, workers } = status;
  const facts = [
    `${name}: ${state}, ${formatCount(done)} of ${formatCount(wanted)} jobs finished`,
    ...(diverged > 0 ? [`${formatCount(diverged)} diverged`] : []),
    ...(claimed > 0 ? [`${formatCount(claimed)} are claimed`] : []),
    ...(begun > 0 ? [`${formatCount(begun)} have a checkpoint`] : []),
  ];
  const failures = failed.map(({ job, message }) => `Failed: ${job}: ${message}`);
  return [`${facts.join('; ')}.`, workersTable(workers), ...failures].filter((part) => part !== '').join('\n\n');
}

function workersTable(workers: SweepStatus['workers']): string {
  if (workers.length === 0) return '';
  const rows = workers.map(({ id, host, quiet, jobs }) => {
    const each = Object.entries(jobs).map(([job, share]) => `${job} ${formatPercent(share)}`);
    return [id, host, quiet < 0 ? '–' : `${formatDuration(quiet)} ago`, each.join(', ') || '–'];
  });
  return markdownTable([['worker', 'host', 'heard of', 'jobs'], ...rows]);
}
