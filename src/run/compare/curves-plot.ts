import * as Plot from '@observablehq/plot';
import { drawPlot, MARGIN_LEFT, MARGIN_TOP, rateAxes, rateDomain, titleMarks } from '../../evaluate/report/frame.js';
import { accuracyDomain, type Curve, curvesOf, factsOf } from './curves.js';
import { panelsPlot } from './panels-plot.js';
import type { ComparisonReport } from './report.js';

/** Colours that stay apart on white and for most colour-blind eyes (after Okabe and Ito, 2008), one a line. */
const COLOURS = ['#2563eb', '#d55e00', '#009e73', '#a21caf', '#111827'];
const SIZE = { width: 600, height: 290 };
const MARGIN_BOTTOM = 66;
/** About a letter of a line's name, and what is beside the longest. */
const LETTER_WIDTH = 6.7;
const NAME_MARGIN = 32;
/** Least distance of two names. */
const NAME_HEIGHT = 15;

/**
 * Mean accuracy against rate, one standard deviation to each side: all lines in one frame, each named at its end; more lines
 * than colours each in a panel.
 */
export function curvesPlot(report: ComparisonReport): string {
  const curves = curvesOf(report);
  return curves.length > COLOURS.length ? panelsPlot(report, curves) : oneFrame(report, curves);
}

function oneFrame(report: ComparisonReport, curves: readonly Curve[]): string {
  const points = curves.flatMap((curve) => curve.points);
  const domain = accuracyDomain(
    Math.min(100, ...points.map(({ low }) => low)),
    Math.max(0, ...points.map(({ high }) => high)),
  );
  const marginRight = NAME_MARGIN + LETTER_WIDTH * Math.max(0, ...curves.map(({ title }) => title.length));
  return drawPlot({
    marginRight,
    marginBottom: MARGIN_BOTTOM,
    width: MARGIN_LEFT + SIZE.width + marginRight,
    height: MARGIN_TOP + SIZE.height + MARGIN_BOTTOM,
    x: { domain: rateDomain(points), axis: null },
    y: { domain, axis: null },
    marks: [
      ...rateAxes(curves[0]?.points ?? [], SIZE.width, isOneSize(curves)),
      ...curves.flatMap(marks),
      ...names(curves, domain),
      ...titleMarks(report.title, factsOf(report)),
    ],
  });
}

function marks({ points }: Curve, index: number): Plot.Markish[] {
  const stroke = COLOURS[index];
  return [
    Plot.areaY(points, { x: 'x', y1: 'low', y2: 'high', fill: stroke, fillOpacity: 0.08 }),
    Plot.line(points, { x: 'x', y: 'y', stroke, strokeWidth: index === 0 ? 3 : 2 }),
    Plot.dot(points, { x: 'x', y: 'y', r: 2.5, fill: stroke }),
  ];
}

/** The lines' names beside their ends. */
function names(curves: readonly Curve[], [least, most]: readonly [number, number]): Plot.Markish[] {
  const heightOf = (y: number) => ((most - y) / (most - least)) * SIZE.height;
  const ends = curves
    .map(({ title, points }, i) => ({ title, colour: COLOURS[i], height: heightOf(points[points.length - 1].y) }))
    .sort((a, b) => a.height - b.height);
  return apart(ends.map(({ height }) => height)).map((height, i) =>
    Plot.text([ends[i].title], {
      frameAnchor: 'top-right',
      textAnchor: 'start',
      lineAnchor: 'middle',
      dx: 10,
      dy: height,
      fill: ends[i].colour,
      fontSize: 12,
    }),
  );
}

/** Ascending heights moved apart, as little as keeps names from one another. */
function apart(heights: readonly number[]): number[] {
  const placed: number[] = [];
  for (const height of heights)
    placed.push(Math.max(height, (placed[placed.length - 1] ?? -NAME_HEIGHT) + NAME_HEIGHT));
  return placed;
}

/** Whether all curves are of networks with the same number of weights. */
function isOneSize(curves: readonly Curve[]): boolean {
  return new Set(curves.map(({ points }) => points[0].nonzeros)).size <= 1;
}
