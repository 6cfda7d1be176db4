import { expect, test } from 'vitest';
import { scoreStreams } from './score-streams.js';
import type { StreamReport, StreamRow } from './stream-report.js';
import { movementTable, streamTable } from './stream-table.js';
import { MOST_DRAWN, timelinePlot } from './timeline-plot.js';

const segments = [
  { label: 0, name: 'wave', start: 1, end: 3 },
  { label: 1, name: 'clap', start: 5, end: 6 },
];
const found = { label: 0, name: 'wave', start: 1.5, end: 3, probability: 0.9, known: 2.5, isFound: true };
const wrong = { label: 0, name: 'wave', start: 5, end: 6, probability: 0.75, known: 5.5, isFound: false };

function reportOf(streams: number): { report: StreamReport; row: StreamRow } {
  const known = { seconds: 10, segments, movements: [found, wrong] };
  const row = { rate: 0.98, score: scoreStreams([known], 'overlap'), movements: Array(streams).fill([found, wrong]) };
  const facts = Array.from({ length: streams }, (_, i) => ({ id: `day-${i}`, seconds: 10, segments }));
  return { report: { protocol: 'overlap', streams: facts, rates: [row] }, row };
}

/** x, width and fill of every bar. */
function bars(svg: string) {
  return [...svg.matchAll(/<rect[^>]*>/g)].map(([tag]) => {
    const [x, width, fill] = ['x', 'width', 'fill'].map((name) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]);
    return { x: Number(x), width: Number(width), fill };
  });
}

test('truth and answers have their places in time, and false answers are red', () => {
  const { report, row } = reportOf(1);
  const svg = timelinePlot('A day', report, row);
  const [wave, clap, right, taken] = bars(svg);
  expect([wave, clap, right, taken].map(({ fill }) => fill)).toEqual(['#94a3b8', '#94a3b8', '#16a34a', '#dc2626']);
  const second = wave.width / 2;
  expect(clap.width).toBeCloseTo(second, 6);
  expect((clap.x - wave.x) / second).toBeCloseTo(4, 6);
  expect((right.x - wave.x) / second).toBeCloseTo(0.5, 6);
  expect(taken.x).toBeCloseTo(clap.x, 6);
  expect(svg).toContain('A day, rate 0.98');
  expect(svg).toContain('1 of 2 segments found (50.0 %), 1 false positives');
});

test('of many streams the first are drawn', () => {
  const { report, row } = reportOf(MOST_DRAWN + 5);
  expect(bars(timelinePlot('Days', report, row))).toHaveLength(MOST_DRAWN * 4);
});

test('the tables say what was found, and every movement', () => {
  const { report, row } = reportOf(1);
  const cells = (line: string) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .filter(Boolean);
  // class wave: 1.5 s of 2 + 1 s; class clap: nothing. 7 of 10 s are between the segments.
  expect(cells(streamTable(report).split('\n')[2])).toEqual([
    '0.98',
    '1 of 2',
    '50.0 %',
    '1',
    '0.500',
    '0.250',
    '1.50 s',
    '0 in 0.1 min',
    '0.00',
  ]);
  const lines = movementTable(report, row).split('\n').slice(2).map(cells);
  expect(lines).toEqual([
    ['day-0', '1.50 s', '3.00 s', 'wave', '90.0 %', '1.00 s'],
    ['day-0', '5.00 s', '6.00 s', 'wave (false)', '75.0 %', '0.50 s'],
  ]);
});
