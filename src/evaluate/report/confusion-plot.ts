import * as Plot from '@observablehq/plot';
import { type Confusion, formatAccuracy } from './confusion.js';
import { drawPlot, INK } from './frame.js';

/** Width and height of a cell. */
const CELL = 38;
const MARGIN = { top: 64, right: 72, bottom: 16, left: 40 };
const CHARACTER = 7.5;

/** A confusion matrix as an SVG: rows are true classes, shaded by the share of each answer among them. */
export function confusionPlot(title: string, classes: readonly string[], { counts, accuracies }: Confusion): string {
  const names = classes.map((name, i) => `${i + 1} ${name}`);
  const left = MARGIN.left + CHARACTER * Math.max(...names.map(({ length }) => length));
  const cells = counts.flatMap((row, i) => {
    const total = Math.max(
      row.reduce((sum, count) => sum + count, 0),
      1,
    );
    return row.map((count, j) => ({ name: names[i], answer: j + 1, count, share: count / total }));
  });
  return drawPlot({
    marginLeft: left,
    marginRight: MARGIN.right,
    marginTop: MARGIN.top,
    marginBottom: MARGIN.bottom,
    width: left + MARGIN.right + CELL * classes.length,
    height: MARGIN.top + MARGIN.bottom + CELL * classes.length,
    x: { type: 'band', axis: 'top', label: null, tickSize: 0, domain: classes.map((_, i) => i + 1) },
    y: { type: 'band', label: null, tickSize: 0, domain: names },
    color: { type: 'linear', domain: [0, 1], range: ['#f8fafc', '#2563eb'] },
    marks: [
      Plot.cell(cells, { x: 'answer', y: 'name', fill: 'share', inset: 1 }),
      Plot.text(
        cells.filter(({ count }) => count > 0),
        { x: 'answer', y: 'name', text: 'count', fill: ({ share }) => (share > 0.5 ? 'white' : INK) },
      ),
      Plot.text(names, {
        y: (name: string) => name,
        text: (_: string, i: number) => formatAccuracy(accuracies[i]),
        frameAnchor: 'right',
        textAnchor: 'start',
        dx: 8,
        fill: INK,
      }),
      Plot.text([title], { frameAnchor: 'top-left', textAnchor: 'start', dx: 16 - left, dy: -48, fontSize: 14 }),
    ],
  });
}
