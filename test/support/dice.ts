import type { Random } from '../../src/core/random.js';

/**
 * Random numbers that a test chooses: `shares` stand for uniform numbers, from 0 (the low bound) to 1 (the high one), and
 * `normals` for normal ones, each in the order of the calls. What is asked for beyond them is an error.
 */
export function dice(shares: readonly number[], normals: readonly number[] = []): Random {
  const next = (numbers: Iterator<number>): number => {
    const { value, done } = numbers.next();
    if (done) throw new Error('dice: more random numbers were drawn than the test gave');
    return value;
  };
  const [uniforms, deviates] = [shares.values(), normals.values()];
  const fake: Pick<Random, 'uniform' | 'normal'> = {
    uniform: (low = 0, high = 1) => low + (high - low) * next(uniforms),
    normal: () => next(deviates),
  };
  return fake as Random;
}

/** Mean and variance of numbers. */
export function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

/**
 * Kolmogorov-Smirnov: √n times the greatest difference between the share of values up to x and `distribution(x)`. Of a
 * right distribution it is above 1.63 once in 100 seeds, above 1.95 once in 1000.
 */
export function kolmogorovSmirnov(values: readonly number[], distribution: (x: number) => number): number {
  const count = values.length;
  const sorted = [...values].sort((a, b) => a - b);
  const gaps = sorted.map((value, i) => {
    const expected = distribution(value);
    return Math.max(expected - i / count, (i + 1) / count - expected);
  });
  return Math.sqrt(count) * Math.max(...gaps);
}
