import { describe, expect, test } from 'vitest';
import { backends, differences, distance, Scene } from '../../../test/support/backends.js';
import { normalMasses } from '../../../test/support/joint-oracle.js';
import { array, grad, type JaxArray, nn, np } from '../../../test/support/oracle.js';
import { Random } from '../../core/random.js';
import {
  divergence,
  divergenceSlopes,
  entropy,
  entropySlopes,
  histogramShape,
  priorMasses,
  smoothed,
} from './divergence.js';
import { PRIOR_NAMES, priorOf } from './prior.js';

const COUNT = 200;
const shape = histogramShape(15, 3);
const prior = priorMasses(priorOf('gaussian'), shape);

test('histogramShape by hand', () => {
  expect(histogramShape(5, 2)).toEqual({ bins: 5, low: -2, width: 1 });
});

test('the Gaussian prior masses are a midpoint quadrature of its density within 1e-5', () => {
  const midpoint = normalMasses(15, 3);
  expect(prior.every((mass, k) => Math.abs(mass - midpoint[k]) < 1e-5)).toBe(true);
});

test.each(PRIOR_NAMES)('the masses of %s sum to 1 and are even', (name) => {
  const masses = priorMasses(priorOf(name), shape);
  expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 12);
  for (let k = 0; k < masses.length; k++) expect(masses[k]).toBeCloseTo(masses[masses.length - 1 - k], 12);
});

test('D_KL by hand, within 1e-9: of n masses and themselves −n times the floor, of (1/2, 1/2) and (1/4, 3/4) ½ ln(4/3)', () => {
  expect(Math.abs(divergence(prior, prior) + 15 * 1e-6)).toBeLessThan(1e-9);
  const value = divergence(Float64Array.of(0.5, 0.5), Float64Array.of(0.25, 0.75));
  const floor = 1e-6 * (0.5 / 0.25 + 0.5 / 0.75);
  expect(Math.abs(value - 0.5 * Math.log(4 / 3) + floor)).toBeLessThan(1e-9);
  expect(divergence(Float64Array.of(0, 1), Float64Array.of(0.5, 0.5))).toBeCloseTo(Math.LN2, 5);
  expect(divergence(Float64Array.of(0.5, 0.5), Float64Array.of(0, 1))).toBeCloseTo(0.5 * Math.log(0.25 / 1e-6), 6);
  expect(Number.isFinite(divergence(Float64Array.of(0.5, 0.5), Float64Array.of(0, 1)))).toBe(true);
});

test('a floor of one weight of four by hand: ½ ln(4/5), and an empty bin pulls by −4/5 where it pulled by −250,000', () => {
  const [half, one] = [Float64Array.of(0.5, 0.5), Float64Array.of(1, 0)];
  expect(divergence(half, one, 1 / 4)).toBeCloseTo(0.5 * Math.log(0.8), 12);
  expect(divergenceSlopes(half, one, 4, 0.5, 1 / 4)[0]).toBeCloseTo(-0.8, 12);
  expect(divergenceSlopes(half, one, 4, 0.5)[0]).toBeCloseTo(-249_999.75, 2);
});

test('smoothed masses by hand: a quarter more in each of two bins, of 3/2 in all', () => {
  expect(Array.from(smoothed(Float64Array.of(1, 0), 1 / 4))).toEqual([1.25 / 1.5, 0.25 / 1.5]);
});

test('smoothed alike, P and Q are closest where they are equal; with a floor of Q alone they are not', () => {
  const away = (floor: number, alike: boolean) => {
    const [p, q] = [Float64Array.of(0.7, 0.2, 0.1), Float64Array.of(0.7, 0.2, 0.1)];
    const [P, Q] = alike ? [smoothed(p, floor), smoothed(q, floor)] : [p, q];
    return Math.max(...divergenceSlopes(P, Q, 100, 0.5, alike ? 0 : floor).map(Math.abs));
  };
  expect(away(0.01, true)).toBeLessThan(1e-15);
  expect(away(0.01, false)).toBeGreaterThan(5e-4);
});

test('of 8,964 weights drawn from the prior no slope is above 25 / N with a floor of one weight; without it some are', () => {
  const [count, spread] = [8964, histogramShape(100, 4)];
  const masses = priorMasses(priorOf('gaussian'), spread);
  const largest = (seed: number, floor: number) => {
    const random = new Random(seed);
    const observed = new Float64Array(100);
    for (let i = 0; i < count; i++) {
      const place = Math.min(Math.max((random.normal() + 4) / spread.width, 0), 99);
      const bin = Math.min(Math.floor(place), 98);
      observed[bin] += (1 - place + bin) / count;
      observed[bin + 1] += (place - bin) / count;
    }
    const [P, Q] = [smoothed(masses, floor), smoothed(observed, floor)];
    const slopes = divergenceSlopes(P, Q, count + 100 * floor * count, spread.width, floor === 0 ? 1e-6 : 0);
    return count * Math.max(...slopes.filter((_, k) => observed[k] > 0 && observed[k + 1] > 0).map(Math.abs));
  };
  const seeds = [1, 2, 3, 4, 5];
  expect(Math.max(...seeds.map((seed) => largest(seed, 1 / count)))).toBeLessThan(25);
  expect(Math.max(...seeds.map((seed) => largest(seed, 0)))).toBeGreaterThan(50);
});

test('a latent that moves right shifts mass to the next bin: its slope is the central difference, within 1e-7', () => {
  const [masses, observed] = [Float64Array.of(0.2, 0.3, 0.4, 0.1), Float64Array.of(0.1, 0.4, 0.3, 0.2)];
  const [count, width, step] = [50, 0.25, 1e-4];
  const slopes = divergenceSlopes(masses, observed, count, width);
  expect(slopes).toHaveLength(3);
  for (const [k, slope] of slopes.entries()) {
    const moved = (by: number) =>
      observed.map((mass, i) => mass + (i === k + 1 ? by : i === k ? -by : 0) / (count * width));
    const difference = (divergence(masses, moved(step)) - divergence(masses, moved(-step))) / (2 * step);
    expect(Math.abs(slope - difference)).toBeLessThan(1e-7);
  }
});

/** D_KL of latents by the textbook formula in jax-js: share of bin k = mean of max(0, 1 − |position − k|). */
function textbook(latents: JaxArray, floor: number): JaxArray {
  const inside = np
    .clip(latents, -3, 3)
    .add(3)
    .mul(1 / shape.width)
    .reshape([1, COUNT]);
  const centres = array(
    Float64Array.from({ length: 15 }, (_, k) => k),
    [15, 1],
  );
  const observed = nn
    .relu(np.abs(inside.sub(centres)).mul(-1).add(1))
    .sum(1)
    .mul(1 / COUNT);
  return array(prior)
    .mul(np.log(observed.add(floor)))
    .sum()
    .mul(-1);
}

describe.each(
  backends.flatMap((backend) => [1e-6, 1 / COUNT].map((floor) => ({ name: backend.name, backend, floor }))),
)('the gradient of D_KL through the soft histogram, $name, floor $floor', ({ backend, floor }) => {
  const scene = new Scene(9);
  const latents = scene.normals(COUNT);
  const masses = scene.zeros(15);
  const slopes = scene.zeros(15);
  const gradient = scene.zeros(COUNT);
  const start = scene.read(backend, latents, () => {});
  const { low, width, bins } = shape;

  const observed = (at: ArrayLike<number>) =>
    Float64Array.from(
      scene.read(backend, masses, (k) => {
        k.heap.floats.set(at, latents >> 2);
        k.softHistogram(COUNT, latents, low, 1 / width, bins, masses);
      }),
      (mass) => mass / COUNT,
    );
  const found = scene
    .read(backend, gradient, (k) => {
      k.heap.floats.set(divergenceSlopes(prior, observed(start), COUNT, width, floor), slopes >> 2);
      k.softHistogramBackward(COUNT, latents, low, 1 / width, bins, slopes, gradient);
    })
    .map((slope) => slope * COUNT);

  test('is jax-js within 1e-4 · (1 + |jax|), times the number of latents', () => {
    const expected = Array.from(
      (grad((latents: JaxArray) => textbook(latents, floor))(array(start)) as JaxArray).dataSync() as Float64Array,
      (slope) => slope * COUNT,
    );
    expect(distance(found, expected)).toBeLessThan(1e-4);
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.5);
  });

  test('is central differences within 2e-2 · (1 + |difference|), times the number of latents', () => {
    const edge = (w: number) => Math.abs((((w - low) / width) % 1) - 0.5) > 0.49 || Math.abs(w) > 2.9;
    const numeric = differences((at) => divergence(prior, observed(at), floor), start, 4e-3).map(
      (slope) => slope * COUNT,
    );
    const smooth = (values: ArrayLike<number>) => Array.from(values).filter((_, i) => !edge(start[i]));
    expect(smooth(found).length).toBeGreaterThan(0.9 * COUNT);
    expect(distance(smooth(found), smooth(numeric))).toBeLessThan(2e-2);
  });
});

test('entropy by hand: two equal masses have log 2, one mass none', () => {
  expect(entropy(Float64Array.of(0.5, 0.5, 0))).toBeCloseTo(Math.log(2), 5);
  expect(entropy(Float64Array.of(0, 1, 0))).toBeCloseTo(0, 5);
});

test('entropy by hand: of 1/2, 1/4, 1/8, 1/8 it is 7/4 bits, of n equal masses log n', () => {
  expect(entropy(Float64Array.of(0.5, 0.25, 0.125, 0.125))).toBeCloseTo(1.75 * Math.LN2, 5);
  expect(entropy(new Float64Array(100).fill(0.01))).toBeCloseTo(Math.log(100), 3);
});

test('a latent that moves right shifts mass to the next bin: its slope is the central difference', () => {
  const observed = Float64Array.of(0.1, 0.4, 0.3, 0.2);
  const [count, width, step] = [50, 0.25, 1e-6];
  const slopes = entropySlopes(observed, count, width);
  for (let k = 0; k < slopes.length; k++) {
    const moved = (by: number) =>
      observed.map((mass, i) => mass + (i === k + 1 ? by : i === k ? -by : 0) / (count * width));
    expect(slopes[k]).toBeCloseTo((entropy(moved(step)) - entropy(moved(-step))) / (2 * step), 6);
  }
});
