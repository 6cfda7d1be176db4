import { expect, test } from 'vitest';
import { formatRate } from '../../core/format.js';
import { type RatePoint, spreadOut } from './frame.js';

const pointsOf = (rates: readonly number[]): RatePoint[] =>
  rates.map((rate) => ({ x: -Math.log2(1 - rate), nonzeros: Math.round(100_000 * (1 - rate)) }));
const labelled = (rates: readonly number[], width: number, fontSize: number, oneSize: boolean) =>
  spreadOut(pointsOf(rates), { width, fontSize, oneSize }).map(({ x }) => formatRate(1 - 2 ** -x));

const REPORTED = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995];
const FAR = [0, 0.9, 0.99, 0.999, 0.9995, 0.9999, 0.99995, 0.99999];

test.each<[string, readonly number[], number, number, boolean, string[]]>([
  ['the reported rates fit a frame', REPORTED, 600, 13, true, REPORTED.map(String)],
  ['not a panel', REPORTED, 171, 11, false, ['0', '0.7', '0.9', '0.98', '0.995']],
  ['small steps far out are too close', FAR, 600, 13, true, ['0', '0.9', '0.99', '0.9995', '0.99995', '0.99999']],
  ['one rate has its label', [0.98], 171, 11, false, ['0.98']],
])('labels of the rate axis by hand: %s', (_, rates, width, fontSize, oneSize, expected) => {
  expect(labelled(rates, width, fontSize, oneSize)).toEqual(expected);
});
