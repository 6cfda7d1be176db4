import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { formatRate } from '../../core/format.js';

const WIDTH = 760;
const HEIGHT = 450;
const FONT_SIZE = 13;
/** Of the non-zeros below the rates. */
const WEIGHT_SIZE = 11;
export const MARGIN_LEFT = 56;
export const MARGIN_TOP = 96;
const MARGIN_RIGHT = 28;
/** Pixels of the rate axis of a plot in the common size. */
export const AXIS_WIDTH = WIDTH - MARGIN_LEFT - MARGIN_RIGHT;
export const INK = '#1f2937';
export const FAINT = '#6b7280';
/** About as many ticks of the accuracy. */
const ACCURACY_TICKS = 6;
/** About the width of a letter of a label, in units of the font size, and the least distance of two labels, in pixels. */
const LETTER_WIDTH = 0.6;
const LABEL_DISTANCE = 6;

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
    marginRight: MARGIN_RIGHT,
    marginTop: MARGIN_TOP,
    marginBottom: 66,
    style: { background: 'white', color: INK, fontFamily: 'system-ui, sans-serif', fontSize: `${FONT_SIZE}px` },
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
 * Accuracy in per cent upwards, and to the right the rate, over so many pixels: every step halves the non-zeros. Their
 * numbers are left out where networks of several sizes share the axis.
 */
export function rateAxes(points: readonly RatePoint[], width: number, oneSize = true): Plot.Markish[] {
  const labelled = spreadOut(points, { width, fontSize: FONT_SIZE, oneSize });
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
      ? [
          Plot.text(labelled, {
            x: 'x',
            frameAnchor: 'bottom',
            dy: 33,
            text: weightLabel,
            fill: FAINT,
            fontSize: WEIGHT_SIZE,
          }),
        ]
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

/** What tells how much room the labels of a rate axis have. */
interface RateAxis {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly fontSize: number;
  /** Whether the non-zeros are below the rates. */
  readonly oneSize: boolean;
}

/**
 * The points whose labels do not run into one another on an axis: the largest rate, and those far enough below it.
 * @param points by rate
 */
export function spreadOut<Point extends RatePoint>(points: readonly Point[], axis: RateAxis): Point[] {
  const [first, last] = rateDomain(points);
  const perPixel = (last - first) / axis.width;
  const widthOf = (point: RatePoint) =>
    LETTER_WIDTH *
    Math.max(rateLabel(point.x).length * axis.fontSize, axis.oneSize ? weightLabel(point).length * WEIGHT_SIZE : 0);
  const roomOf = (a: RatePoint, b: RatePoint) => perPixel * ((widthOf(a) + widthOf(b)) / 2 + LABEL_DISTANCE);
  const kept: Point[] = [];
  for (const point of points.toReversed()) {
    if (kept.length === 0 || kept[0].x - point.x >= roomOf(kept[0], point)) kept.unshift(point);
  }
  return kept;
}
