/** Made-up recordings of hands as people have them: files in folders. */
import { Random } from '../../src/core/random.js';
import { write } from './cli.js';

export type Point = readonly (number | null)[];

/** A hand of 21 joints over 16 frames, as our own JSON. */
export function hand(
  seed: number,
  change: (point: number[], frame: number, joint: number) => Point = (point) => point,
): string {
  const random = new Random(seed);
  const frames = Array.from({ length: 16 }, (_, frame) =>
    Array.from({ length: 21 }, (_, joint) => {
      const point = [0, 1, 2].map(
        (axis) => 0.1 * Math.sin(joint * 3 + axis) + 0.02 * Math.sin(frame) + 0.002 * random.normal(),
      );
      return change(point, frame, joint);
    }),
  );
  return JSON.stringify({ frames });
}

/** Two classes of two takes by each person, in a folder of their own. */
export function makeMoves(
  root: string,
  folder: string,
  people: readonly string[],
  change?: Parameters<typeof hand>[1],
): string {
  let seed = folder.length * 1000;
  for (const name of ['push', 'wave']) {
    for (const person of people) {
      for (const take of [1, 2]) write(root, `${folder}/${name}/${person}_${take}.json`, hand(seed++, change));
    }
  }
  return folder;
}

/** What such a folder says of itself in dataset.json. */
export const LAYOUT = { layout: 'mediapipe-hand', subject: { pattern: '/([a-z]+)_' } };
