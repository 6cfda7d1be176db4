import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { formatRate } from '../../core/format.js';

const WIDTH = 760;
const HEIGHT = 450;
export const MARGIN_LEFT = 56;
export const MARGIN_TOP = 96;
export const INK = '#1f2937';
export const FAINT = '#6b7280';
/** About as many ticks of the accuracy. */
const ACCURACY_TICKS = 6;
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
    marginTop: MARGIN_TOP,
    marginBottom: 66,
    style: { background: 'white', color: INK, fontFamily: 'system-ui, sans-serif', fontSize: '13px' },
    ...options,
  });
  plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${numberedHere(plot.outerHTML)}\n`;
}

/** Plot numbers clip paths through all that a process draws; here they are numbered from 1 in each picture. */
function numberedHere(svg: string): string {
  const numbers = new Map<string, number>();
  return svg.replace(/\bplot-clip-\d+/g, (id) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    return `plot-clip-${numbers.get(id)}`;
  });
}

/**
 * Accuracy in per cent upwards, and to the right the rate: every step halves the non-zeros. Their numbers are left out
 * where networks of several sizes share the axis.
 */
export function rateAxes(points: readonly RatePoint[], oneSize = true): Plot.Markish[] {
  const labelled = spreadOut(points);
  const meaning = 'pruning rate (share of weights that is zero)';
  return [
    Plot.gridY({ ticks: ACCURACY_TICKS, stroke: '#e5e7eb', strokeOpacity: 1 }),
    Plot.axisY({ label: null, ticks: ACCURACY_TICKS, tickSize: 0, tickFormat: percentLabel, fill: FAINT }),
    Plot.text(['accuracy'], {
      frameAnchor: 'top-left',
      textAnchor: 'start',
      dx: -48,
      dy: -20,
      fill: FAINT,
      fontSize: 12,
    }),
    Plot.gridX({ ticks: labelled.map(({ x }) => x), stroke: '#f3f4f6', strokeOpacity: 1 }),
    Plot.axisX({ label: null, ticks: labelled.map(({ x }) => x), tickFormat: rateLabel, tickSize: 4, color: FAINT }),
    ...(oneSize
      ? [Plot.text(labelled, { x: 'x', frameAnchor: 'bottom', dy: 33, text: weightLabel, fill: FAINT, fontSize: 11 })]
      : []),
    Plot.text([oneSize ? `${meaning}, and how many are not` : meaning], {
      frameAnchor: 'bottom',
      dy: oneSize ? 56 : 40,
      fill: FAINT,
      fontSize: 12,
    }),
  ];
}

/** A title, and a line of facts below it, from the left edge of a plot with such a margin; of panels, above the first. */
export function titleMarks(text: string, facts: readonly string[], marginLeft = MARGIN_LEFT): Plot.Markish[] {
  const lines = [
    { text, dy: -84, size: 16 },
    { text: facts.join(' · '), dy: -61, size: 12 },
  ];
  return lines.map(({ text: line, dy, size }) =>
    Plot.text([line], {
      frameAnchor: 'top-left',
      facetAnchor: 'top-left',
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

/** A tick of the accuracy. */
export function percentLabel(percent: number): string {
  return `${percent} %`;
}

/** A tick of the rate axis. */
export function rateLabel(x: number): string {
  return formatRate(1 - 2 ** -x);
}

/** Non-zeros in three digits. */
function weightLabel({ nonzeros }: RatePoint): string {
  return nonzeros.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
}

/** The points whose labels do not run into one another: the largest rate, and those far enough below it. */
function spreadOut<Point extends RatePoint>(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points.toReversed()) {
    if (kept.length === 0 || kept[0].x - point.x >= LABEL_DISTANCE) kept.unshift(point);
  }
  return kept;
}
