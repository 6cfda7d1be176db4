/* global Plot */
import { formatRateInPercent, halvings } from 'anyrate/page';

const TICKS = [0, 0.5, 0.75, 0.9, 0.95, 0.98, 0.995];
const MOST = 0.995;

/** Bytes of the file that each rate needs, and the rate now. */
export function plotBytes(parent, model, rate) {
  const points = model.prefixes.filter((prefix) => prefix.rate <= MOST);
  draw(parent, 'bytes', [
    Plot.lineY(points, { x: ({ rate }) => halvings(rate), y: 'bytes', stroke: 'var(--accent)', strokeWidth: 2 }),
    Plot.dot([{ rate, bytes: model.bytesAt(rate) }], mark('bytes')),
  ]);
}

/** Every latency that was measured, and the rate now. */
export function plotLatency(parent, latencies, rate) {
  const points = [...latencies].map(([rate, time]) => ({ rate, time })).sort((a, b) => a.rate - b.rate);
  draw(parent, 'microseconds', [
    Plot.lineY(points, { x: ({ rate }) => halvings(rate), y: 'time', stroke: 'var(--accent)', strokeWidth: 2 }),
    Plot.dot(points, { ...mark('time'), r: 3 }),
    Plot.ruleX([halvings(rate)], { stroke: 'currentColor', strokeDasharray: '2 4' }),
  ]);
}

function mark(y) {
  return { x: ({ rate }) => halvings(rate), y, r: 6, fill: 'var(--accent)', stroke: 'var(--card)', strokeWidth: 2 };
}

function draw(parent, unit, marks) {
  const plot = Plot.plot({
    width: 480,
    height: 240,
    marginLeft: 56,
    marginRight: 24,
    ariaLabel: `${unit} over the pruning rate`,
    style: { background: 'none', fontSize: '12px', overflow: 'visible' },
    x: {
      domain: [0, halvings(MOST)],
      ticks: TICKS.map(halvings),
      tickFormat: (x) => formatRateInPercent(1 - 2 ** -x),
      label: null,
    },
    y: { zero: true, nice: true, ticks: 5, grid: true, label: null },
    marks: [Plot.ruleY([0], { strokeOpacity: 0.3 }), ...marks],
  });
  parent.replaceChildren(plot);
}
