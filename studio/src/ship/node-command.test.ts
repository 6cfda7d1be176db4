import { expect, test } from 'vitest';
import { EMPTY_PROJECT } from '../project.js';
import { nodeCommand } from './node-command.js';

test.each([
  [{ budget: 0 }, 'npx anyrate train my-moves.zip --seed 1 --budget 0'],
  [{ budget: 6000 }, 'npx anyrate train my-moves.zip --seed 1 --budget 6000 --family one-block'],
  [
    { title: 'Übungen, 2. Woche', seed: 7, budget: 800, epochs: 5 },
    'npx anyrate train Übungen-2.-Woche.zip --seed 7 --budget 800 --family one-block --epochs 5',
  ],
])('the command of a project with %o', (changed, command) => {
  expect(nodeCommand({ ...EMPTY_PROJECT, seed: 1, epochs: undefined, ...changed })).toBe(command);
});
