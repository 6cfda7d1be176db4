import { afterEach, expect, test, vi } from 'vitest';
import type { TrainEvent } from '../../train/train.js';
import { barLine, lines, timeLeft } from './progress.js';

afterEach(() => void vi.useRealTimers());

test('the time that is left is that of the epochs to come, and never below zero', () => {
  const ago = (seconds: number) => Date.now() - seconds * 1000;
  expect(timeLeft({ epoch: 20, epochs: 30 }, ago(20), 10)).toBe('20 s');
  expect(timeLeft({ epoch: 20, epochs: 320 }, ago(20), 0)).toBe('5 min');
  expect(timeLeft({ epoch: 30, epochs: 30 }, ago(20), 10)).toBe('0 s');
  expect(timeLeft({ epoch: 20, epochs: 30 }, ago(-60), 10)).toBe('0 s');
  expect(timeLeft({ epoch: 31, epochs: 30 }, ago(5), 31)).toBe('0 s');
});

test('a line fits its terminal, at most 80 columns, and keeps accuracy and time', () => {
  const usual = {
    epoch: 700,
    epochs: 1400,
    loss: 0.1234,
    accuracy: 'test 87.4 % at 0, 86.1 % at 0.98',
    left: '12 min',
  };
  expect(barLine({ epoch: 3, epochs: 12 }, 200)).toBe('█████░░░░░░░░░░░░░░░ 3/12');
  expect(barLine(usual, 80)).toBe('████░░░░ 700/1400 · loss 0.123 · test 87.4 % at 0, 86.1 % at 0.98 · 12 min left');
  expect(barLine({ ...usual, accuracy: 'test 87.4 % at 0' }, 80)).toBe(
    '██████████░░░░░░░░░░ 700/1400 · loss 0.123 · test 87.4 % at 0 · 12 min left',
  );
  expect(
    barLine({ ...usual, epoch: 99999, epochs: 100000, accuracy: `validation ${usual.accuracy.slice(5)}5` }, 80),
  ).toBe('██████████ 99999/100000 · validation 87.4 % at 0, 86.1 % at 0.985 · 12 min left');
  for (const columns of [20, 40, 79, 80, 81, 300])
    expect(barLine(usual, columns).length).toBeLessThan(Math.min(columns, 80));
});

test('to a file goes a line a minute, and one after the last epoch, with the newest accuracy and what it is of', () => {
  vi.useFakeTimers();
  const printed: string[] = [];
  const { show } = lines({ epochs: 5, done: 0, on: 'validation' }, (line) => printed.push(line));
  for (let epoch = 1; epoch <= 5; epoch++) {
    vi.advanceTimersByTime(25_000);
    if (epoch === 2)
      show({ type: 'evaluation', epoch, results: [{ rate: 0.9, accuracy: 0.75 }] } as unknown as TrainEvent);
    show({ type: 'epoch', report: { epoch, epochs: 5, loss: 1 / epoch } } as unknown as TrainEvent);
  }
  expect(printed).toEqual([
    'epoch 3/5 · loss 0.333 · validation 75.0 % at 0.9 · 50 s left',
    'epoch 5/5 · loss 0.200 · validation 75.0 % at 0.9 · 0 s left',
  ]);
});
