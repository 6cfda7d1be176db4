import { Random } from '../../src/core/random.js';
import type { Dataset, Sample } from '../../src/data/dataset.js';
import { defineLayout, sameJoint } from '../../src/skeleton/layouts/define.js';
import { toyDataset } from './toy.js';

const pointer = defineLayout({
  name: 'pointer',
  joints: [
    ['Wrist', undefined],
    ['Knuckle', 'Wrist'],
    ['Tip', 'Knuckle'],
    ['Thumb', 'Wrist'],
  ],
  anchors: { root: ['Wrist'], top: ['Knuckle'], left: ['Thumb'], right: ['Tip'] },
  opposite: sameJoint,
});

/** Hands that are alike but for where the wrist goes: left in one class, right in the other. */
export function travelling(): Dataset {
  const random = new Random(3);
  const samples = Array.from({ length: 40 }, (_, i): Sample => {
    const positions = Float32Array.from({ length: 8 * 12 }, (_, at) => {
      const path = at % 3 === 0 ? (i % 2 ? 0.1 : -0.1) * Math.floor(at / 12) : 0;
      return Math.sin(at % 12) + path + 0.1 * random.normal();
    });
    return { id: `${i}`, label: i % 2, subject: `s${i % 5}`, frames: 8, persons: 1, joints: 4, positions };
  });
  const indices = [...samples.keys()];
  const split = { name: 'all', description: '', train: indices.slice(0, 30), test: indices.slice(30) };
  return { ...toyDataset(1), layout: pointer, samples, classes: ['left', 'right'], splits: [split] };
}
