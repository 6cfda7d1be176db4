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
  return hands(8, (frame) => 0.1 * frame, ['left', 'right']);
}

/** Hands that go to and fro four times in 32 frames, and are alike but for which of both comes first. */
export function shaking(): Dataset {
  return hands(32, (frame) => (Math.floor(frame / 4) % 2 ? 0.3 : -0.3), ['fro-and-to', 'to-and-fro']);
}

/** `pathOf` is where the wrist is along x in a frame of the second class; in the first it is mirrored. */
function hands(frames: number, pathOf: (frame: number) => number, classes: readonly string[]): Dataset {
  const random = new Random(3);
  const samples = Array.from({ length: 40 }, (_, i): Sample => {
    const positions = Float32Array.from({ length: frames * 12 }, (_, at) => {
      const path = at % 3 === 0 ? (i % 2 ? 1 : -1) * pathOf(Math.floor(at / 12)) : 0;
      return Math.sin(at % 12) + path + 0.1 * random.normal();
    });
    return { id: `${i}`, label: i % 2, subject: `s${i % 5}`, frames, persons: 1, joints: 4, positions };
  });
  const indices = [...samples.keys()];
  const split = { name: 'all', description: '', train: indices.slice(0, 30), test: indices.slice(30) };
  return { ...toyDataset(1), layout: pointer, samples, classes, splits: [split] };
}
