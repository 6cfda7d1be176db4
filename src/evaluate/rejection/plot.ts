import * as Plot from '@observablehq/plot';
import { formatCount, formatRate } from '../../core/format.js';
import { drawPlot, FAINT, INK, titleMarks } from '../report/frame.js';
import { REFUSED, type UnknownReport } from './unknown.js';

/** The least and the most pruned network, and those between, from dark to light. */
const COLOURS = ['#1e3a8a', '#2563eb', '#60a5fa', '#93c5fd', '#c7d2fe'];

/** The shares of known and unknown movements that are refused, as a curve a rate, as an SVG. */
export function unknownPlot(report: UnknownReport): string {
  const curves = everySo(report.rates, COLOURS.length).map(({ rate, curve, auroc }, i) => ({
    points: curve.map(({ known, unknown }) => ({ x: known * 100, y: unknown * 100 })),
    colour: COLOURS[i],
    name: `rate ${formatRate(rate)}: ${auroc.toFixed(3)}`,
  }));
  return drawPlot({
    x: { domain: [0, 100], axis: null },
    y: { domain: [0, 100], axis: null },
    marks: [
      ...axes(),
      ...curves.map(({ points, colour }) => Plot.line(points, { x: 'x', y: 'y', stroke: colour, strokeWidth: 2 })),
      ...curves.map(({ name, colour }, i) =>
        Plot.text([name], {
          frameAnchor: 'bottom-right',
          dx: -12,
          dy: -12 - 18 * (curves.length - 1 - i),
          fill: colour,
        }),
      ),
      ...titleMarks(`${report.dataset}: what is refused`, [
        `${formatCount(report.unknown)} unknown and ${formatCount(report.known)} known movements`,
        'area below each curve',
      ]),
    ],
  });
}

function axes(): Plot.Markish[] {
  const percent = (value: number) => `${value} %`;
  return [
    Plot.gridY({ stroke: '#e5e7eb', strokeOpacity: 1 }),
    Plot.axisY({ label: null, tickSize: 0, tickFormat: percent, fill: FAINT }),
    Plot.axisX({ label: null, tickFormat: percent, tickSize: 4, color: FAINT }),
    Plot.ruleX([REFUSED * 100], { stroke: FAINT, strokeDasharray: '3 3' }),
    Plot.text(['known movements refused; upwards, unknown ones'], {
      frameAnchor: 'bottom',
      dy: 44,
      fill: INK,
      fontSize: 12,
    }),
  ];
}

/** At most so many of the rows, the first and the last among them. */
function everySo<Row>(rows: readonly Row[], most: number): Row[] {
  if (rows.length <= most) return [...rows];
  return Array.from({ length: most }, (_, i) => rows[Math.round((i * (rows.length - 1)) / (most - 1))]);
}
