import * as Plot from '@observablehq/plot';
import { formatRate } from '../../core/format.js';
import { deviation, mean } from '../../core/math.js';
import { drawPlot, FAINT, INK, titleMarks } from '../../evaluate/report/frame.js';
import { type Leads, leadsOf } from './leads.js';
import type { ComparisonReport } from './report.js';
import type { SeriesSummary } from './summary.js';

const CELL = { width: 104, height: 24 };
const MARGIN = { top: 120, right: 28, bottom: 20 };
/** About a letter of a line's name, and of the title. */
const LETTER_WIDTH = 7;
const TITLE_LETTER_WIDTH = 9.6;
/** Points from which on a cell has its whole colour. */
const FULL = 2;

interface Cell extends Leads {
  readonly title: string;
  /** The mean over the seeds. */
  readonly lead: number;
}

/**
 * By how many points the first line is ahead of each other one: a cell a line and rate, blue where it is ahead and orange
 * where it is less accurate. Differences are taken seed by seed, and lines are in the order of their mean over the rates.
 */
export function differencesPlot({ title, series, rates, seeds }: ComparisonReport): string {
  const [first, ...others] = series;
  const lines = others.map((line) => cellsOf(first, line)).filter((cells) => cells.length > 0);
  const ordered = lines.toSorted((a, b) => meanLead(b) - meanLead(a));
  const cells = ordered.flat();
  const names = ordered.map(([{ title: name }]) => name);
  const over = seeds.length === 1 ? `seed ${seeds[0]}` : 'mean ± standard deviation over the seeds';
  const left = 24 + LETTER_WIDTH * Math.max(24, ...names.map(({ length }) => length));
  const cellsEnd = left + CELL.width * rates.length;
  const right = Math.max(MARGIN.right, 32 + TITLE_LETTER_WIDTH * title.length - cellsEnd);
  return drawPlot({
    marginLeft: left,
    marginRight: right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    width: cellsEnd + right,
    height: MARGIN.top + MARGIN.bottom + CELL.height * names.length,
    x: { type: 'band', axis: 'top', label: null, tickSize: 0, domain: rates, tickFormat: formatRate },
    y: { type: 'band', label: null, tickSize: 0, domain: names },
    color: { type: 'diverging', domain: [-FULL, FULL], clamp: true, range: ['#d55e00', '#f8fafc', '#2563eb'] },
    marks: [
      Plot.cell(cells, { x: 'rate', y: 'title', fill: 'lead', inset: 1 }),
      Plot.text(cells, { x: 'rate', y: 'title', text: cellText, fill: cellInk }),
      Plot.text(['pruning rate'], { frameAnchor: 'top-left', textAnchor: 'end', dx: -6, dy: -18, fill: FAINT }),
      ...titleMarks(title, [`points by which “${first.title}” is ahead`, over], left),
    ],
  });
}

function cellsOf(first: SeriesSummary, other: SeriesSummary): Cell[] {
  return leadsOf(first, other).map((one) => ({ ...one, title: other.title, lead: mean(one.leads) }));
}

function meanLead(cells: readonly Cell[]): number {
  return mean(cells.map(({ lead }) => lead));
}

/** Points with their sign, and of several seeds the standard deviation. */
function cellText({ lead, leads }: Cell): string {
  const points = Math.abs(lead).toFixed(1);
  const sign = Number(points) === 0 ? '' : lead < 0 ? '−' : '+';
  return leads.length === 1 ? `${sign}${points}` : `${sign}${points} ± ${deviation(leads).toFixed(1)}`;
}

/** White on dark blue alone. */
function cellInk({ lead }: Cell): string {
  return lead > 0.6 * FULL ? 'white' : INK;
}
