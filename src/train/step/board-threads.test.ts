import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { built } from '../../../test/support/built.js';
import { BOARD_PLACES, TaskBoard } from './board.js';
import type { StepTasks } from './tasks.js';

const COMPILED = built('train/step/board.js');
/** Places of the board: the generation that a worker sleeps on, and how many workers have finished. */
const [GENERATION, FINISHED] = [0, 4];
const TASKS = 8;

/** A worker whose tasks count themselves in the Int32 after the board. */
const SERVE = `
  const { workerData: { url, buffer, places } } = require('node:worker_threads');
  const done = new Int32Array(buffer, places * 4);
  const tasks = { count: () => 0, run: (_, task) => Atomics.add(done, task, 1) };
  import(url).then(({ TaskBoard }) => new TaskBoard({ buffer }, 0).serve(tasks, 1));
`;

test('a wake-up without a new phase leaves a worker in step', async () => {
  const buffer = new SharedArrayBuffer((BOARD_PLACES + TASKS) * 4);
  const places = new Int32Array(buffer);
  const worker = new Worker(SERVE, { eval: true, workerData: { url: COMPILED.href, buffer, places: BOARD_PLACES } });
  try {
    while (Atomics.notify(places, GENERATION) === 0) await sleep(5);
    await sleep(50);
    expect(Atomics.load(places, FINISHED)).toBe(0);
    const done = places.subarray(BOARD_PLACES);
    const tasks = { count: () => TASKS, run: (_: string, task: number) => Atomics.add(done, task, 1) };
    const board = new TaskBoard({ buffer }, 0);
    for (let phase = 1; phase <= 20; phase++) {
      board.run(tasks as unknown as StepTasks, 'pass', 1);
      expect(Array.from(done)).toEqual(Array(TASKS).fill(phase));
    }
    board.stop();
  } finally {
    await worker.terminate();
  }
});
