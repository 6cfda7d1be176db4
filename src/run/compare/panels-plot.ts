import * as Plot from '@observablehq/plot';
import { formatRate } from '../../core/format.js';
import {
  drawPlot,
  FAINT,
  INK,
  MARGIN_LEFT,
  percentLabel,
  rateDomain,
  rateLabel,
  spreadOut,
  titleMarks,
} from '../../evaluate/report/frame.js';
import { accuracyDomain, type Curve, type CurvePoint, factsOf } from './curves.js';
import type { ComparisonReport } from './report.js';

const FIRST = '#2563eb';
const OTHER = '#d55e00';
const COLUMNS = 4;
const PANEL = { width: 190, height: 140 };
/** Of the width of a panel, what is between it and the next. */
const GAP = 0.1;
const LABEL_SIZE = 11;
const MARGIN = { right: 24, bottom: 36 };
/** How far below the first line's least accuracy the panels show, in points; what lies lower is said in figures. */
const DEPTH = 6;

interface Placed extends CurvePoint {
  readonly column: number;
  readonly row: number;
}

/** A panel a line, with the first line in each, in the order of their accuracy at the largest rate. */
export function panelsPlot(report: ComparisonReport, [first, ...others]: readonly Curve[]): string {
  const panels = others.toSorted((a, b) => lastOf(b).y - lastOf(a).y);
  const rows = Math.ceil(panels.length / COLUMNS);
  const place = (points: readonly CurvePoint[], i: number): Placed[] =>
    points.map((point) => Object.assign({ column: i % COLUMNS, row: Math.floor(i / COLUMNS) }, point));
  const lines = panels.map(({ points }, i) => place(points, i));
  const again = panels.map((_, i) => place(first.points, i));
  const domain = domainOf(first, panels);
  const largest = formatRate(1 - 2 ** -lastOf(first).x);
  const facts = [...factsOf(report), `blue: ${first.title}`, `in each corner: accuracy at ${largest}`];
  const at = { fx: 'column', fy: 'row' };
  const axis = { width: (1 - GAP) * PANEL.width, fontSize: LABEL_SIZE, oneSize: false };
  const labelled = spreadOut(first.points, axis);
  const corner = panels.map((panel, i) => ({ ...place([lastOf(panel)], i)[0], title: panel.title }));
  return drawPlot({
    width: MARGIN_LEFT + PANEL.width * COLUMNS + MARGIN.right,
    height: 96 + PANEL.height * rows + MARGIN.bottom,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    fx: { axis: null, padding: GAP },
    fy: { axis: null, padding: 0.24 },
    x: { domain: rateDomain(first.points), axis: null },
    y: { domain, axis: null },
    marks: [
      Plot.gridY({ stroke: '#e5e7eb', strokeOpacity: 1, ticks: 4 }),
      Plot.axisY({ label: null, tickSize: 0, ticks: 4, tickFormat: percentLabel, fill: FAINT, fontSize: LABEL_SIZE }),
      Plot.axisX({
        label: null,
        ticks: labelled.map(({ x }) => x),
        tickFormat: rateLabel,
        fontSize: LABEL_SIZE,
        color: FAINT,
      }),
      ...again.flatMap((points) => marks(points, FIRST)),
      ...lines.flatMap((points) => marks(points, OTHER)),
      Plot.text(corner, { ...at, text: 'title', ...inCorner('left'), fontWeight: 600, fill: INK }),
      Plot.text(corner, { ...at, text: ({ y }: Placed) => `${y.toFixed(1)} %`, ...inCorner('right'), fill: OTHER }),
      ...titleMarks(report.title, facts),
    ],
  });
}

function marks(points: readonly Placed[], stroke: string): Plot.Markish[] {
  const at = { fx: 'column', fy: 'row', clip: true } as const;
  return [
    Plot.areaY(points, { ...at, x: 'x', y1: 'low', y2: 'high', fill: stroke, fillOpacity: 0.12 }),
    Plot.line(points, { ...at, x: 'x', y: 'y', stroke, strokeWidth: 2 }),
    Plot.dot(points, { ...at, x: 'x', y: 'y', r: 2, fill: stroke }),
  ];
}

function inCorner(side: 'left' | 'right') {
  const textAnchor = side === 'left' ? ('start' as const) : ('end' as const);
  return { frameAnchor: `top-${side}` as const, textAnchor, dy: -16, fontSize: 12 };
}

function domainOf(first: Curve, others: readonly Curve[]): [number, number] {
  const points = [first, ...others].flatMap(({ points: each }) => each);
  const floor = Math.min(...first.points.map(({ y }) => y)) - DEPTH;
  return accuracyDomain(
    Math.max(Math.min(...points.map(({ low }) => low)), floor),
    Math.max(...points.map(({ high }) => high)),
  );
}

function lastOf({ points }: Curve): CurvePoint {
  return points[points.length - 1];
}
