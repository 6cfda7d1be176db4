import { escapeHtml, formatCount, formatDuration, formatPercent } from '../../core/format.js';
import type { SweepStatus } from './node/sweep-folder.js';
import { pictureOf } from './render.js';
import type { SweepReport } from './sweep-report.js';
import { accuracyTable, differencesTable, recipesTable, searchTable } from './tables.js';

/** Seconds after which an open page loads itself again while the sweep runs. */
const REFRESH = 10;

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111827}
table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}
th,td{padding:.2rem .7rem;border-bottom:1px solid #d1d5db;text-align:right}
th:first-child,td:first-child{text-align:left}
progress{width:12rem;vertical-align:middle}h2{margin-top:2rem}svg{max-width:100%;height:auto}.bad{color:#b91c1c}`;

/** A page of a sweep without scripts and without anything from elsewhere; while it runs, it loads itself again. */
export function sweepPage(report: SweepReport, status: SweepStatus): string {
  const { name, state, wanted, done } = status;
  const refresh = state === 'running' ? `<meta http-equiv="refresh" content="${REFRESH}">` : '';
  const body = [
    `<h1>${escapeHtml(name)}</h1>`,
    `<p><progress max="${wanted}" value="${done}"></progress> ${formatCount(done)} of ${formatCount(wanted)} jobs: ${state}</p>`,
    failures(status),
    workers(status),
    pictureOf(report),
    section('Accuracy', accuracyTable(report)),
    section('Paired differences in points, intervals of 95 %', differencesTable(report)),
    section('Recipes', report.searches.length === 0 ? recipesTable(report) : ''),
    ...report.searches.map((search) =>
      section(`Search for ${search.split}, on ${search.validation}`, searchTable(search)),
    ),
    `<p><code>${escapeHtml(report.command)}</code></p>`,
  ];
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}`;
  return `<!doctype html>
<html lang="en"><head>${head}<title>${escapeHtml(`${done}/${wanted} ${name}`)}</title>
<style>${STYLE}</style></head>
<body>${body.filter((part) => part !== '').join('\n')}</body></html>
`;
}

function section(title: string, markdown: string): string {
  return markdown === '' ? '' : `<h2>${escapeHtml(title)}</h2>\n${htmlTable(markdown)}`;
}

/** A table of Markdown, whose second line aligns the columns. */
function htmlTable(markdown: string): string {
  const [head, , ...rows] = markdown.split('\n').map((line) => line.split(/(?<!\\)\|/).slice(1, -1));
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell.trim().replaceAll('\\|', '|'))}</${tag}>`).join('')}</tr>`;
  return `<table>${row(head, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`;
}

function failures({ failed }: SweepStatus): string {
  const lines = failed.map(({ job, message }) => `<li>${escapeHtml(`${job}: ${message}`)}</li>`);
  return lines.length === 0 ? '' : `<h2 class="bad">Failures</h2><ul class="bad">${lines.join('')}</ul>`;
}

function workers({ workers: all, state }: SweepStatus): string {
  if (all.length === 0 || state === 'done') return '';
  const rows = all.flatMap(({ host, id, quiet, jobs }) => {
    const heard = quiet < 0 ? 'unknown' : `${formatDuration(quiet)} ago`;
    const each = Object.entries(jobs).map(([job, share]) => [job, formatPercent(share)]);
    return (each.length === 0 ? [['–', '–']] : each).map(([job, share]) => [`${host} ${id}`, heard, job, share]);
  });
  const cells = (row: readonly string[], tag: string) =>
    row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('');
  const head = cells(['worker', 'heard of', 'job', 'done'], 'th');
  return `<h2>Workers</h2><table><tr>${head}</tr>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</table>`;
}
