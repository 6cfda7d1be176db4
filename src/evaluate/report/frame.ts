import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { formatRate } from '../../core/format.js';

const WIDTH = 760;
const HEIGHT = 450;
const MARGIN_LEFT = 56;
export const INK = '#1f2937';
export const FAINT = '#6b7280';
/** Least distance of two labels on the rate axis, in halvings of the non-zeros. */
const LABEL_DISTANCE = 0.45;

/** A place on the rate axis. */
export interface RatePoint {
  /** Halvings of the non-zeros: −log2(1 − rate). */
  readonly x: number;
  readonly nonzeros: number;
}

/** Draws a plot as an SVG in the common style; by default with room for a title above and the rate axis below. */
export function drawPlot(options: Plot.PlotOptions): string {
  const { document } = parseHTML('<html><body></body></html>');
  const plot = Plot.plot({
    document: document as unknown as Document,
    width: WIDTH,
    height: HEIGHT,
    marginLeft: MARGIN_LEFT,
    marginRight: 28,
    marginTop: 96,
    marginBottom: 66,
    style: { background: 'white', color: INK, fontFamily: 'system-ui, sans-serif', fontSize: '13px' },
    ...options,
  });
  plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${plot.outerHTML}\n`;
}

/** Accuracy in per cent upwards, and to the right the rate: every step halves the non-zeros. */
export function rateAxes(points: readonly RatePoint[]): Plot.Markish[] {
  const labelled = spreadOut(points);
  return [
    Plot.gridY({ stroke: '#e5e7eb', strokeOpacity: 1 }),
    Plot.axisY({ label: null, tickSize: 0, tickFormat: (percent: number) => `${percent} %`, fill: FAINT }),
    Plot.gridX({ ticks: labelled.map(({ x }) => x), stroke: '#f3f4f6', strokeOpacity: 1 }),
    Plot.axisX({ label: null, ticks: labelled.map(({ x }) => x), tickFormat: rateLabel, tickSize: 4, color: FAINT }),
    Plot.text(labelled, { x: 'x', frameAnchor: 'bottom', dy: 33, text: weightLabel, fill: FAINT, fontSize: 11 }),
    Plot.text(['pruning rate (share of weights that is zero), and how many are not'], {
      frameAnchor: 'bottom',
      dy: 56,
      fill: FAINT,
      fontSize: 12,
    }),
  ];
}

/** A title, and a line of facts below it, from the left edge of a plot with such a margin. */
export function titleMarks(text: string, facts: readonly string[], marginLeft = MARGIN_LEFT): Plot.Markish[] {
  const lines = [
    { text, dy: -84, size: 16 },
    { text: facts.join(' · '), dy: -61, size: 12 },
  ];
  return lines.map(({ text: line, dy, size }) =>
    Plot.text([line], {
      frameAnchor: 'top-left',
      textAnchor: 'start',
      dx: 16 - marginLeft,
      dy,
      fontSize: size,
      fill: size > 12 ? INK : FAINT,
      fontWeight: size > 12 ? 600 : 400,
    }),
  );
}

/** The range of the rate axis, with a little room at both ends. */
export function rateDomain(points: readonly RatePoint[]): [number, number] {
  const places = points.map(({ x }) => x);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const room = Math.max((last - first) * 0.03, 0.1);
  return [first - room, last + room];
}

function rateLabel(x: number): string {
  return formatRate(1 - 2 ** -x);
}

/** Non-zeros in three digits. */
function weightLabel({ nonzeros }: RatePoint): string {
  return nonzeros.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
}

/** The points whose labels do not run into one another. */
function spreadOut<Point extends RatePoint>(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points)
    if (kept.length === 0 || point.x - kept[kept.length - 1].x >= LABEL_DISTANCE) kept.push(point);
  return kept;
}
