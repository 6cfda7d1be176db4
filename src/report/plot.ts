import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Report, ReportRow } from './report.js';
import { formatCount, formatRate, formatShare } from './table.js';

const WIDTH = 760;
const HEIGHT = 450;
const INK = '#1f2937';
const FAINT = '#6b7280';
const COLOUR = '#2563eb';
/** Least distance of two labels on the rate axis, in halvings of the non-zeros. */
const LABEL_DISTANCE = 0.45;

interface Point extends ReportRow {
  /** Halvings of the non-zeros: −log2(1 − rate). */
  readonly x: number;
  /** Accuracy in per cent. */
  readonly y: number;
}

/** Accuracy against rate as an SVG; every step to the right halves the non-zeros. */
export function reportPlot(report: Report): string {
  const points = report.rates.map(toPoint).toSorted((a, b) => a.x - b.x);
  const { document } = parseHTML('<html><body></body></html>');
  const plot = Plot.plot({
    document: document as unknown as Document,
    ...{ width: WIDTH, height: HEIGHT, marginLeft: 56, marginRight: 28, marginTop: 96, marginBottom: 66 },
    style: { background: 'white', color: INK, fontFamily: 'system-ui, sans-serif', fontSize: '13px' },
    x: { domain: xDomain(points), axis: null },
    y: { domain: yDomain(points), axis: null },
    marks: [...axes(points), ...curve(points), ...legend(), ...title(report)],
  });
  plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${plot.outerHTML}\n`;
}

function toPoint(row: ReportRow): Point {
  return { ...row, x: -Math.log2(1 - row.rate), y: row.accuracy * 100 };
}

function axes(points: readonly Point[]): Plot.Markish[] {
  const labelled = spreadOut(points);
  return [
    Plot.gridY({ stroke: '#e5e7eb', strokeOpacity: 1 }),
    Plot.axisY({ label: null, tickSize: 0, tickFormat: (percent: number) => `${percent} %`, fill: FAINT }),
    Plot.gridX({ ticks: labelled.map(({ x }) => x), stroke: '#f3f4f6', strokeOpacity: 1 }),
    Plot.axisX({ label: null, ticks: labelled.map(({ x }) => x), tickFormat: rateLabel, tickSize: 4, color: FAINT }),
    Plot.text(labelled, { x: 'x', frameAnchor: 'bottom', dy: 33, text: weightLabel, fill: FAINT, fontSize: 11 }),
    Plot.text(['pruning rate (share of weights that is zero), and how many are not'], {
      ...{ frameAnchor: 'bottom', dy: 56, fill: FAINT, fontSize: 12 },
    }),
  ];
}

function curve(points: readonly Point[]): Plot.Markish[] {
  return [
    Plot.line(points, { x: 'x', y: 'y', stroke: COLOUR, strokeWidth: 2 }),
    Plot.dot(points, { x: 'x', y: 'y', r: 5.5, stroke: COLOUR, strokeWidth: 2, fill: fillOf }),
    Plot.text(points, { x: 'x', y: 'y', text: (point: Point) => point.y.toFixed(1), dy: -15, fill: INK, fontSize: 12 }),
  ];
}

/** A filled dot is a rate of every training step, a hollow one was never trained exactly. */
function fillOf({ trained }: { readonly trained: boolean }): string {
  return trained ? COLOUR : 'white';
}

function legend(): Plot.Markish[] {
  const entries = [
    { trained: true, name: 'trained in every step', dx: -34 },
    { trained: false, name: 'never trained: cut after training', dx: 132 },
  ];
  return entries.flatMap(({ trained, name, dx }) => [
    Plot.dot([name], {
      ...{ frameAnchor: 'top-left', dx, dy: -30, r: 5, stroke: COLOUR, strokeWidth: 2, fill: fillOf({ trained }) },
    }),
    Plot.text([name], { frameAnchor: 'top-left', textAnchor: 'start', dx: dx + 11, dy: -35, fill: INK, fontSize: 12 }),
  ]);
}

function title({ dataset, split, part, sequences, classes, weights, rates }: Report): Plot.Markish[] {
  const best = formatShare(Math.max(...rates.map(({ accuracy }) => accuracy)));
  const facts = [`${formatCount(sequences)} ${part} sequences`, `${classes} classes`, `best accuracy ${best}`];
  const lines = [
    {
      text: `${dataset}, ${split}: one network of ${formatCount(weights)} weights, cut at every rate`,
      dy: -84,
      size: 16,
    },
    { text: facts.join(' · '), dy: -61, size: 12 },
  ];
  return lines.map(({ text, dy, size }) =>
    Plot.text([text], {
      ...{ frameAnchor: 'top-left', textAnchor: 'start', dx: -40, dy, fontSize: size },
      ...{ fill: size > 12 ? INK : FAINT, fontWeight: size > 12 ? 600 : 400 },
    }),
  );
}

function xDomain(points: readonly Point[]): [number, number] {
  const [first, last] = [points[0].x, points[points.length - 1].x];
  const room = Math.max((last - first) * 0.03, 0.1);
  return [first - room, last + room];
}

/** From a round number below the least accuracy, so that differences show, up to 100. */
function yDomain(points: readonly Point[]): [number, number] {
  const least = Math.min(...points.map(({ y }) => y));
  return [Math.max(Math.floor((least - 5) / 10) * 10, 0), 100];
}

function rateLabel(x: number): string {
  return formatRate(1 - 2 ** -x);
}

/** Non-zeros in three digits. */
function weightLabel({ nonzeros }: Point): string {
  return nonzeros.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
}

/** The points whose labels do not run into one another. */
function spreadOut(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points)
    if (kept.length === 0 || point.x - kept[kept.length - 1].x >= LABEL_DISTANCE) kept.push(point);
  return kept;
}
