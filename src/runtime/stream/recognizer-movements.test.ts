import { describe, expect, it } from 'vitest';
import { recognizer, SURE } from '../../../test/support/fake-view.js';
import type { CreateCounter, MovementEvent, RepetitionEvent } from './options.js';

/** x of every pose. */
const along = (poses: Float32Array) => [...poses].filter((_, i) => i % 3 === 0);

describe('movements', () => {
  it('are told when they are over, about half a window before their answers', () => {
    const unsure = [0.3, 0.3, 0.2, 0.2];
    const movements: MovementEvent[] = [];
    const { push } = recognizer({ confidence: 0.6, onMovement: (movement) => movements.push(movement) }, [
      unsure,
      [0.9, 0.1, 0, 0],
      SURE.a,
      unsure,
      SURE.b,
      SURE.b,
    ]);
    for (let x = 0; x <= 6; x++) push(x);
    // Answers at 2, 3, 4 … seconds, with windows of 2 seconds.
    expect(movements).toEqual([{ name: 'a', start: 2, end: 3, probability: 1, known: 3 }]);
  });

  it('begin with the first frame, or the first after the window was emptied, at the earliest', () => {
    const movements: [number, number][] = [];
    const onMovement = ({ start, end }: MovementEvent) => movements.push([start, end]);
    const { subject, push } = recognizer({ confidence: 0.6, least: 1, onMovement }, [SURE.a], 4);
    for (let x = 0; x <= 3; x++) push(x);
    push(0, 100);
    push(0, 101);
    subject.finish();
    // Answers at 1, 2, 3 and at 101 seconds are about what was two seconds before.
    expect(movements).toEqual([
      [0, 1],
      [100, 100],
    ]);
  });

  it('end where the stream ends, and where its window is emptied', () => {
    const movements: [string, number][] = [];
    const onMovement = ({ name, end }: MovementEvent) => movements.push([name, end]);
    const { subject, push } = recognizer({ confidence: 0.6, onMovement }, [SURE.a]);
    for (let x = 0; x <= 3; x++) push(x);
    subject.finish();
    subject.finish();
    for (let x = 0; x <= 3; x++) push(x);
    push(0, 100);
    expect(movements).toEqual([
      ['a', 2],
      ['a', 6],
    ]);
  });

  it('that are known before the window is full are counted from the first frame', () => {
    const seen: number[] = [];
    class Counter {
      count = 0;
      watch(window: Float32Array, poses: number) {
        seen.push(...along(window).slice(-poses));
        return false;
      }
    }
    const { push } = recognizer({ confidence: 0.6, least: 1, repetitions: Counter as CreateCounter }, [SURE.a], 3);
    for (let x = 1; x <= 5; x++) push(x);
    expect(seen).toEqual([1, 2, 3, 4]); // the last cell is not over
  });

  it('that repeat are counted from the window before they are known', () => {
    const poses: number[][] = [];
    class Counter {
      count = 0;
      watch(window: Float32Array, fresh: number, isNew: boolean) {
        if (isNew) poses.push([]);
        const before = isNew ? 0 : this.count;
        poses.at(-1)!.push(...along(window).slice(-fresh));
        this.count = poses.at(-1)!.length >> 1;
        return this.count > before;
      }
    }
    const counts: RepetitionEvent[] = [];
    const options = { confidence: 0.6, repetitions: Counter as CreateCounter };
    const unsure = [0.3, 0.3, 0.2, 0.2];
    const answers = [unsure, SURE.a, SURE.a, SURE.a, SURE.b];
    const { push } = recognizer({ ...options, onRepetition: (event) => counts.push(event) }, answers);
    for (let x = 0; x <= 7; x++) push(x);
    expect(poses).toEqual([
      [1, 2, 3, 4],
      [4, 5, 6],
    ]);
    expect(counts).toEqual([
      { name: 'a', count: 1, seconds: 3 },
      { name: 'a', count: 2, seconds: 5 },
      { name: 'b', count: 1, seconds: 6 },
    ]);
  });
});
