import * as Plot from '@observablehq/plot';
import { formatCount, formatPercent } from '../../core/format.js';
import { AXIS_WIDTH, drawPlot, INK, type RatePoint, rateAxes, rateDomain, titleMarks } from './frame.js';
import type { Report, ReportRow } from './report.js';

const COLOUR = '#2563eb';

interface Point extends ReportRow, RatePoint {
  /** Accuracy in per cent. */
  readonly y: number;
}

/** Accuracy against rate as an SVG; every step to the right halves the non-zeros. */
export function reportPlot(report: Report): string {
  const points = report.rates.map(toPoint).toSorted((a, b) => a.x - b.x);
  return drawPlot({
    x: { domain: rateDomain(points), axis: null },
    y: { domain: yDomain(points), axis: null },
    marks: [...rateAxes(points, AXIS_WIDTH), ...curve(points), ...legend(), ...title(report)],
  });
}

function toPoint(row: ReportRow): Point {
  return { ...row, x: -Math.log2(1 - row.rate), y: row.accuracy * 100 };
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
      frameAnchor: 'top-left',
      dx,
      dy: -30,
      r: 5,
      stroke: COLOUR,
      strokeWidth: 2,
      fill: fillOf({ trained }),
    }),
    Plot.text([name], { frameAnchor: 'top-left', textAnchor: 'start', dx: dx + 11, dy: -35, fill: INK, fontSize: 12 }),
  ]);
}

function title({ dataset, split, part, sequences, classes, weights, rates }: Report): Plot.Markish[] {
  const best = formatPercent(Math.max(...rates.map(({ accuracy }) => accuracy)));
  const facts = [`${formatCount(sequences)} ${part} sequences`, `${classes} classes`, `best accuracy ${best}`];
  return titleMarks(`${dataset}, ${split}: one network of ${formatCount(weights)} weights, cut at every rate`, facts);
}

/** From a round number below the least accuracy, so that differences show, up to 100. */
function yDomain(points: readonly Point[]): [number, number] {
  const least = Math.min(...points.map(({ y }) => y));
  return [Math.max(Math.floor((least - 5) / 10) * 10, 0), 100];
}
