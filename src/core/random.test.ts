import { describe, expect, it, test } from 'vitest';
import { kolmogorovSmirnov, momentsOf } from '../../test/support/dice.js';
import { Random } from './random.js';

const COUNT = 20_000;

function draws(draw: (random: Random) => number, seed = 11): number[] {
  const random = new Random(seed);
  return Array.from({ length: COUNT }, () => draw(random));
}

function first(count: number, random: Random): number[] {
  return Array.from({ length: count }, () => random.nextUint32());
}

describe('32-bit numbers', () => {
  it('are those of xoshiro128** from the state 1, 2, 3, 4', () => {
    // The first ten of the algorithm's published C code, compiled by gcc; by hand the first is rotl(2 · 5, 7) · 9 = 11520.
    const random = new Random(0);
    (Reflect.get(random, 'state') as Uint32Array).set([1, 2, 3, 4]);
    expect(first(10, random)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  // Computed by a C program that mixes the seed and the parts of the stream through splitmix32.
  test.each([
    [[1], [1228717301, 3049624397, 280341551, 4120452164, 2597906341, 2083076564]],
    [
      [7, 3, 5],
      [3268044376, 1586687503, 133693555, 2530847268, 150089132, 83037460],
    ],
    [[-1], [3419807058, 345877377, 4195585175, 24275265, 610877966, 212093565]],
  ])('of the seed and stream %j are pinned', ([seed, ...stream], expected) => {
    expect(first(6, new Random(seed, ...stream))).toEqual(expected);
  });

  it('differ between seeds, streams and orders of a stream', () => {
    const starts = [[1], [2], [1, 0], [1, 1], [1, 0, 1], [1, 1, 0]].map(([seed, ...stream]) =>
      first(2, new Random(seed, ...stream)).join(),
    );
    expect(new Set(starts).size).toBe(starts.length);
  });

  it('have every bit set half of the time', () => {
    const random = new Random(3);
    const numbers = first(COUNT, random);
    for (let bit = 0; bit < 32; bit++) {
      const share = numbers.filter((number) => (number >>> bit) & 1).length / COUNT;
      expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / COUNT));
    }
  });
});

/** Golden numbers of seed 1, computed in Python from the numbers above. */
describe('uniform', () => {
  it('is a 32-bit number divided by 2^32, between its bounds', () => {
    const [plain, bounded] = [new Random(1), new Random(1)];
    expect([plain.uniform(), plain.uniform(), plain.uniform()]).toEqual([
      0.28608304006047547, 0.710046011256054, 0.06527210376225412,
    ]);
    expect([1, 2, 3].map(() => bounded.uniform(-2, 3))).toEqual([
      -0.5695847996976227, 1.5502300562802702, -1.6736394811887294,
    ]);
  });

  it('reaches its low bound and not the high one', () => {
    const random = new Random(1);
    random.nextUint32 = () => 0;
    expect(random.uniform(-2, 3)).toBe(-2);
    random.nextUint32 = () => 0xffffffff;
    expect(random.uniform(-2, 3)).toBeLessThan(3);
    expect(random.uniform(-2, 3)).toBeCloseTo(3, 8);
  });

  it('is distributed evenly', () => {
    const values = draws((random) => random.uniform(2, 6));
    const { mean, variance } = momentsOf(values);
    expect(mean).toBeCloseTo(4, 1);
    expect(variance).toBeCloseTo(16 / 12, 1);
    expect(kolmogorovSmirnov(values, (x) => (x - 2) / 4)).toBeLessThan(1.63);
  });
});

describe('integer', () => {
  it('is the whole part of a uniform number times the bound', () => {
    const random = new Random(1);
    expect(Array.from({ length: 12 }, () => random.integer(10))).toEqual([2, 7, 0, 9, 6, 4, 2, 9, 3, 2, 0, 8]);
    expect(new Random(5).integer(1)).toBe(0);
  });

  it('is each of its values equally often, the bound never', () => {
    const values = draws((random) => random.integer(6));
    const counts = [0, 1, 2, 3, 4, 5].map((value) => values.filter((one) => one === value).length);
    expect(counts.reduce((a, b) => a + b)).toBe(COUNT);
    const chiSquare = counts.reduce((sum, count) => sum + (count - COUNT / 6) ** 2 / (COUNT / 6), 0);
    expect(chiSquare).toBeLessThan(15.1); // 1 in 100 with 5 degrees of freedom
  });
});

describe('normal', () => {
  it('is a point in the unit circle by the polar method, its two coordinates one after the other', () => {
    // The first point of seed 1 lies outside the circle and is rejected.
    const random = new Random(1);
    const expected = [
      -1.0206207829265799, 1.0021520711558574, 2.466294938332658, -0.3526617724430823, -0.20242467652971916,
      0.3457257281781757,
    ];
    for (const value of expected) expect(random.normal()).toBeCloseTo(value, 14);
  });

  it('has mean 0, variance 1, fourth moment 3 and the shape of the bell', () => {
    const values = draws((random) => random.normal());
    const { mean, variance } = momentsOf(values);
    expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(COUNT));
    expect(Math.abs(variance - 1)).toBeLessThan(3 * Math.sqrt(2 / COUNT));
    const fourth = values.reduce((sum, value) => sum + value ** 4, 0) / COUNT;
    expect(Math.abs(fourth - 3)).toBeLessThan(3 * Math.sqrt(96 / COUNT));
    expect(kolmogorovSmirnov(values, normalDistribution)).toBeLessThan(1.63);
  });

  it('has coordinates that are independent of each other', () => {
    const random = new Random(4);
    const product = Array.from({ length: COUNT }, () => random.normal() * random.normal());
    expect(Math.abs(momentsOf(product).mean)).toBeLessThan(3 / Math.sqrt(COUNT));
  });
});

describe('shuffle', () => {
  it('exchanges from the last place down, in place', () => {
    const values = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(new Random(1).shuffle(values)).toBe(values);
    expect(values).toEqual([3, 5, 1, 7, 6, 0, 4, 2]);
  });

  it('brings every order equally often', () => {
    const random = new Random(8);
    const counts = new Map<string, number>();
    for (let i = 0; i < COUNT; i++) {
      const order = random.shuffle(Uint8Array.of(0, 1, 2, 3)).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - COUNT / 24) ** 2 / (COUNT / 24), 0);
    expect(chiSquare).toBeLessThan(41.6); // 1 in 100 with 23 degrees of freedom
  });
});

/** Φ(x), by the series x + x³/3 + x⁵/15 + … times the density. */
function normalDistribution(x: number): number {
  let [term, sum] = [x, x];
  for (let k = 3; k < 400 && Math.abs(term) > 1e-17; k += 2) sum += term *= (x * x) / k;
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
