import { expect, test } from 'vitest';
import { Random } from '../../core/random.js';
import type { Dataset, Sample } from '../../data/dataset.js';
import { loadDataset } from '../../data/node/load.js';
import { defineLayout } from '../../skeleton/layouts/define.js';
import { pairsOf } from './mirror-classes.js';
import { type SearchEvent, searchRecipe } from './search-recipe.js';

test('a pair are classes that are each mostly taken for the other', () => {
  const classes = ['this', 'that', 'both', 'alone'];
  // `alone` is taken for `both`, which stays: nobody performed it on the other side.
  expect(
    pairsOf(
      [
        [1, 8, 0, 0],
        [7, 2, 0, 0],
        [0, 1, 9, 0],
        [0, 0, 5, 0],
      ],
      classes,
    ),
  ).toEqual({ this: 'that', that: 'this' });
  expect(
    pairsOf(
      [
        [5, 5, 0, 0],
        [9, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 1],
      ],
      classes,
    ),
  ).toEqual({});
});

test('classes called as properties of every object are can be a pair', () => {
  const pairs = pairsOf(
    [
      [1, 8],
      [7, 2],
    ],
    ['constructor', '__proto__'],
  );
  expect(Object.entries(pairs)).toEqual([
    ['constructor', '__proto__'],
    ['__proto__', 'constructor'],
  ]);
});

test('classes called alike but for left and right are pairs, whatever few sequences are taken for', () => {
  const classes = ['Swipe left', 'swipe Right', 'bright', 'left', 'other'];
  const nothing = classes.map(() => classes.map(() => 0));
  expect(pairsOf(nothing, classes)).toEqual({ 'Swipe left': 'swipe Right', 'swipe Right': 'Swipe left' });
  const taken = nothing.map((row, a) =>
    row.map((_, b) => (a !== b && [0, 2].includes(a) && [0, 2].includes(b) ? 9 : 0)),
  );
  expect(pairsOf(taken, classes)).toEqual({ 'Swipe left': 'swipe Right', 'swipe Right': 'Swipe left' });
});

test('in irds it finds the eight gestures of one side, and in ui-prmd that none is exchanged', async () => {
  const mirrors = [];
  for (const name of ['irds', 'ui-prmd']) {
    for await (const event of searchRecipe(await loadDataset(name), { budget: 0 })) {
      if (event.type === 'chosen') mirrors.push(event.recipe.augmentation.find(({ step }) => step === 'mirror'));
    }
  }
  const twice = ['elbow-flexion', 'shoulder-flexion', 'shoulder-abduction', 'side-tap'].flatMap((name) => [
    [`${name}-left`, `${name}-right`],
    [`${name}-right`, `${name}-left`],
  ]);
  expect(mirrors[0]).toMatchObject({ classes: Object.fromEntries(twice) });
  expect(mirrors[1]).toMatchObject({ classes: {} });
}, 300_000);

const figure = defineLayout({
  name: 'figure',
  joints: [
    ['Root', undefined],
    ['Top', 'Root'],
    ['Left', 'Top'],
    ['Right', 'Top'],
  ],
  anchors: { root: ['Root'], top: ['Top'], left: ['Left'], right: ['Right'] },
  opposite: (joint) => ({ Left: 'Right', Right: 'Left' })[joint] ?? joint,
});

/** A figure at `x` whose hands go `left` and `right` upwards. */
function poseAt(x: number, left: number, right: number, random: Random): number[] {
  const places = [x, 0, 0, x, 1, 0, x + 0.5, 0.5 + left, 0, x - 0.5, 0.5 + right, 0];
  return places.map((value) => value + 0.02 * random.normal());
}

/** Sequences of 8 frames; `hands` are how far the left and right hands of each person go. */
function datasetOf(classes: readonly string[], takes: readonly [label: number, hands: readonly number[]][]): Dataset {
  const random = new Random(5);
  const persons = takes[0][1].length / 2;
  const samples = takes.map(([label, hands], i): Sample => {
    const frames = Array.from({ length: 8 }, (_, t) =>
      Array.from({ length: persons }, (_, p) =>
        poseAt(2 * p, (hands[2 * p] * t) / 7, (hands[2 * p + 1] * t) / 7, random),
      ).flat(),
    );
    return {
      id: `${i}`,
      label,
      subject: `s${i % 8}`,
      frames: 8,
      persons,
      joints: 4,
      positions: Float32Array.from(frames.flat()),
    };
  });
  const indices = [...samples.keys()];
  const split = { name: 'all', description: '', train: indices, test: indices.slice(0, 1) };
  const facts = { name: 'figures', title: '', licence: '', citation: '', unit: 'metre', skipped: [] } as const;
  return { ...facts, layout: figure, persons, classes, samples, splits: [split] };
}

async function mirrorOf(dataset: Dataset): Promise<[unknown, Extract<SearchEvent, { type: 'trial' }>['trial'][]]> {
  const trials = [];
  for await (const event of searchRecipe(dataset, { budget: 0 })) {
    if (event.type === 'trial') trials.push(event.trial);
    else return [event.recipe.augmentation.find(({ step }) => step === 'mirror'), trials.slice(-2)];
  }
  throw new Error('no choice');
}

test('of two persons, what one does to the other is learnt for both sides: mirrored, and the persons exchanged', async () => {
  // With one subject the person on the right moves the hand that is nearer to the other, with all others the one on the left.
  const takes = Array.from({ length: 64 }, (_, i): [number, number[]] => {
    const isFirst = i % 8 < 7;
    const [label, far] = [(i >> 3) % 2, (i >> 3) % 2 ? 0.6 : -0.6];
    return [label, isFirst ? [far, 0, 0, 0] : [0, 0, 0, far]];
  });
  const [mirror, [mirrored, plain]] = await mirrorOf(datasetOf(['lower', 'raise'], takes));
  expect(mirror).toEqual({ step: 'mirror', probability: 0.5, classes: {}, persons: 'swap' });
  expect(mirrored.accuracy).toBe(1);
  expect(plain.accuracy).toBeLessThan(0.95);
});

test('where mirrored sequences of one class are those of two others, nothing is mirrored', async () => {
  const takes = Array.from({ length: 96 }, (_, i): [number, number[]] => {
    const kind = (i >> 3) % 4;
    return kind < 2 ? [0, [kind ? 0.4 : -0.4, 0]] : [kind - 1, [0, kind === 2 ? 0.4 : -0.4]];
  });
  const [mirror, [mirrored, plain]] = await mirrorOf(datasetOf(['left', 'right-up', 'right-down'], takes));
  expect(mirror).toBeUndefined();
  expect(plain.accuracy).toBe(1);
  expect(mirrored.accuracy).toBeLessThan(0.8);
});
