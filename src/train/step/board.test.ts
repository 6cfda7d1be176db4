import { expect, test } from 'vitest';
import { BOARD_PLACES, TaskBoard } from './board.js';
import type { StepTasks } from './tasks.js';

const heap = () => ({ buffer: new SharedArrayBuffer(BOARD_PLACES * 4) });
const tasksThat = (run: (task: number) => void) => ({ count: () => 5, run: (_: string, task: number) => run(task) });

test('without workers the main thread runs every task of a phase, once and in order', () => {
  const seen: number[] = [];
  const tasks = tasksThat((task) => seen.push(task)) as unknown as StepTasks;
  const board = new TaskBoard(heap(), 0);
  board.run(tasks, 'pass', 0);
  board.run(tasks, 'update', 0);
  expect(seen).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
});

test('a worker that failed is an error with its words, at once', () => {
  const shared = heap();
  new TaskBoard(shared, 0).fail(2, new RangeError('out of memory'));
  const tasks = tasksThat(() => {}) as unknown as StepTasks;
  expect(() => new TaskBoard(shared, 0).run(tasks, 'pass', 1)).toThrow(/thread 2 failed: RangeError: out of memory/);
});
