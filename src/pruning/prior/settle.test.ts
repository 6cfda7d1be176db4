import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import { PRIOR_NAMES, priorOf } from './prior.js';
import { settled } from './settle.js';

test('by hand: four latents of two tensors become the octiles of a uniform prior, with their signs and order', () => {
  const tensors = settled([Float32Array.of(-0.1, 9), Float32Array.of(0.3, -0.2)], priorOf('uniform'));
  const octile = (k: number) => (k / 8) * Math.sqrt(3);
  const expected = [
    [-octile(1), octile(7)],
    [octile(5), -octile(3)],
  ].map((tensor) => tensor.map(Math.fround));
  expect(tensors.map((tensor) => Array.from(tensor))).toEqual(expected);
});

test.each(PRIOR_NAMES)('a(r) of %s prunes round(r · N) of latents that were drawn from elsewhere', (name) => {
  const random = new Random(3);
  const drawn = Float32Array.from({ length: 1000 }, () => random.normal() ** 3);
  const [latents] = settled([drawn], priorOf(name));
  for (const rate of [0.1, 0.5, 0.9, 0.98, 0.99]) {
    const a = priorOf(name).threshold(rate);
    expect(latents.filter((latent) => Math.abs(latent) < a)).toHaveLength(1000 * rate);
  }
});
