import { describe, expect, it } from 'vitest';
import { fakeView, SURE } from '../../../test/support/fake-view.js';
import type { StreamContract } from '../file/header.js';
import type { View } from '../view.js';
import { OneEuroFilter } from './one-euro.js';
import type { MovementEvent, RecognizerOptions } from './options.js';
import { Recognizer } from './recognizer.js';
import { Spotter } from './spotter.js';

describe('a model that states', () => {
  const stating = (stream: StreamContract, answers: readonly (readonly number[])[] = [SURE.a]) => {
    const { view, windows } = fakeView(answers);
    return { view: { ...view, stream } as unknown as View, windows };
  };
  const oneEuro = { minCutoff: 1 / (2 * Math.PI), beta: 0, derivativeCutoff: 1 };
  const usual = { window: 2, step: 1, least: 1, gap: 2.5, framesPerSecond: 1, bridge: 'hold' } as const;

  it('a filter smooths the landmarks, and anew after the window was emptied', () => {
    const { view, windows } = stating({ oneEuro });
    const subject = new Recognizer(view, { ...usual, least: 2, oneEuro: OneEuroFilter });
    for (const x of [0, 1, 1]) subject.push([x, 0, 0]);
    expect(windows.at(-1)).toEqual([0, 0.5]);
    subject.push(null, 9);
    for (const [i, x] of [8, 9, 9].entries()) subject.push([x, 0, 0], 10 + i);
    expect(windows.at(-1)).toEqual([8, 8.5]);
  });

  it('a filter requires it, and whoever passes one a model that states it', () => {
    expect(() => new Recognizer(stating({ oneEuro }).view)).toThrow(
      /^oneEuro: expected class of anyrate\/one-euro, found undefined$/,
    );
    const cutoffs = /^oneEuro, minCutoff: expected a number from 0, found undefined$/;
    expect(() => new Recognizer(stating({}).view, { oneEuro: OneEuroFilter })).toThrow(cutoffs);
  });

  it('when movements begin and end is gone by, unless there is a confidence or an option of the same name', () => {
    const answers = [SURE.b, [0.5, 0.2, 0.2, 0.1], [0.5, 0.2, 0.2, 0.1], SURE.b];
    const found = (options: RecognizerOptions) => {
      const movements: string[] = [];
      const { view } = stating({ spotting: { enter: 0.45, leave: 0.4 } }, answers);
      const onMovement = ({ name }: MovementEvent) => movements.push(name);
      const subject = new Recognizer(view, { ...usual, smoothing: 0, movements: Spotter, onMovement, ...options });
      for (let x = 0; x < 6; x++) subject.push([x, 0, 0]);
      subject.finish();
      return movements.join('');
    };
    expect(found({})).toBe('bab');
    expect(found({ confidence: 0.6 })).toBe('bb');
    expect(found({ spotting: { enter: 0.6 } })).toBe('bb');
  });

  it('how smooth scores are is gone by, unless there is an option of the same name', () => {
    const last = (options: RecognizerOptions) => {
      const { view } = stating({ smoothing: 0 }, [SURE.a, SURE.b]);
      const subject = new Recognizer(view, { ...usual, ...options });
      for (let x = 0; x < 3; x++) subject.push([x, 0, 0]);
      return subject.current.probability;
    };
    expect(last({})).toBe(1);
    expect(last({ confidence: 0, smoothing: 0.25 })).toBeCloseTo(0.75, 9);
  });

  it('nonsense is refused', () => {
    const { view } = stating({ spotting: { enter: 2 } });
    expect(() => new Recognizer(view, { movements: Spotter })).toThrow(RangeError);
  });
});
