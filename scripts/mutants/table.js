// node scripts/mutants/table.js: the score of each folder in the last mutation run, as a Markdown table on stdout.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { markdownTable } from 'markdown-table';

const REPORT = 'reports/mutants/report.json';
const FOUND = ['Killed', 'Timeout'];
const MISSED = ['Survived', 'NoCoverage'];

const { files } = JSON.parse(readFileSync(REPORT, 'utf8'));
const folders = new Map();
for (const entry of Object.entries(files)) {
  const folder = dirname(entry[0]).replace(/^src\//, '');
  folders.set(folder, [...(folders.get(folder) ?? []), entry]);
}
const rows = [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([folder, list]) => rowOf(folder, list));
const all = rowOf('all', Object.entries(files));
console.log(
  markdownTable([['folder', 'changes', 'noticed', 'missed', 'score'], ...rows, all], {
    align: ['l', 'r', 'r', 'r', 'r'],
  }),
);

/** Changes that do not compile or are ignored count for nothing. */
function rowOf(folder, list) {
  const statuses = list.flatMap(([, { mutants }]) => mutants.map(({ status }) => status));
  const count = (kinds) => statuses.filter((status) => kinds.includes(status)).length;
  const [found, missed] = [count(FOUND), count(MISSED)];
  const score = found + missed === 0 ? '–' : `${((100 * found) / (found + missed)).toFixed(1)} %`;
  return [folder, found + missed, found, missed, score].map(String);
}
