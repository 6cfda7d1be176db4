import type { RatePoint } from '../../evaluate/report/frame.js';
import type { ComparisonReport } from './report.js';

/** A method's accuracy over the rate, as pictures draw it. */
export interface Curve {
  readonly title: string;
  /** By rate. */
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint extends RatePoint {
  /** Mean and its spread, in per cent. */
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** One curve a line of the report that has figures, in its order. */
export function curvesOf({ series }: ComparisonReport): Curve[] {
  const lines = series.filter(({ rows }) => rows.length > 0);
  return lines.map(({ title, rows }) => ({
    title,
    points: rows
      .map(({ rate, nonzeros, mean, deviation }) => ({
        x: -Math.log2(1 - rate),
        nonzeros,
        y: 100 * mean,
        low: Math.max(100 * (mean - deviation), 0),
        high: Math.min(100 * (mean + deviation), 100),
      }))
      .sort((a, b) => a.x - b.x),
  }));
}

/** What the pictures say below their title. */
export function factsOf({ dataset, classes, seeds }: ComparisonReport): string[] {
  const over = seeds.length === 1 ? `seed ${seeds[0]}` : `mean and standard deviation over ${seeds.length} seeds`;
  return [dataset, `${classes} classes`, over];
}

/** Steps of the accuracy axis, in points. */
const STEPS = [1, 2, 5, 10];
const MOST_STEPS = 8;

/** A range of the accuracy, in per cent, between round numbers, so that differences show. */
export function accuracyDomain(low: number, high: number): [number, number] {
  const step = STEPS.find((size) => (high - low) / size <= MOST_STEPS) ?? STEPS[STEPS.length - 1];
  const least = Math.max(Math.floor(low / step) * step, 0);
  return [least, Math.min(Math.max(Math.ceil(high / step) * step, least + 2 * step), 100)];
}
