import { expect, test } from 'vitest';
import { loadDataset } from '../../data/node/load.js';
import { pairsOf } from './mirror-classes.js';
import { searchRecipe } from './search-recipe.js';

test('a pair are classes that are each mostly taken for the other', () => {
  const classes = ['left', 'right', 'both', 'alone'];
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
  ).toEqual({ left: 'right', right: 'left' });
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
}, 120_000);
