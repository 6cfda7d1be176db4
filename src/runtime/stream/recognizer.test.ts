import { describe, expect, it, test } from 'vitest';
import { fakeView, recognizer, SURE } from '../../../test/support/fake-view.js';
import type { View } from '../view.js';
import type { MovementEvent, RecognizerEvent, RecognizerOptions } from './options.js';
import { Recognizer } from './recognizer.js';
import { Spotter } from './spotter.js';

describe('the window', () => {
  it('has the cells that are complete, the oldest first, once enough of them are', () => {
    const { windows, push } = recognizer({}, [SURE.a], 3);
    for (let x = 1; x <= 6; x++) push(x);
    expect(windows).toEqual([
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 5],
    ]);
  });

  it('has NaN before the first frame, where less of it must be seen', () => {
    const { windows, push } = recognizer({ least: 1 }, [SURE.a], 3);
    for (let x = 1; x <= 3; x++) push(x);
    expect(windows).toEqual([
      [Number.NaN, Number.NaN, 1],
      [Number.NaN, 1, 2],
    ]);
  });

  it('goes on for ever', () => {
    const { windows, push } = recognizer({}, [SURE.a], 4);
    for (let x = 0; x <= 100; x++) push(x);
    expect(windows).toEqual(Array.from({ length: 97 }, (_, i) => [i, i + 1, i + 2, i + 3]));
  });

  it('moves on by a step, a whole number of cells', () => {
    const { windows, push } = recognizer({ step: 3.2 }, [SURE.a], 3);
    for (let x = 0; x <= 9; x++) push(x);
    expect(windows).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
    ]);
  });

  it('is the same at other frame rates, and at one that wanders, where joints go in straight lines', () => {
    const times = [
      [0, 4],
      [0, 1, 2, 3, 4],
      [0, 0.3, 1.9, 2, 2.1, 3.7, 4],
      Array.from({ length: 41 }, (_, i) => i / 10),
    ];
    for (const seconds of times) {
      const { windows, push } = recognizer({ bridge: 'interpolate', gap: 10 }, [SURE.a], 4);
      for (const time of seconds) push(time * 2, time);
      // A joint that goes on by 2 a second: the means of the cells from 0 to 1, 1 to 2 and so on.
      for (const [i, mean] of [1, 3, 5, 7].entries()) expect(windows.at(-1)![i]).toBeCloseTo(mean, 5);
    }
  });

  it('goes on with another view, its cells kept', () => {
    const { subject, windows, push } = recognizer({});
    const other = fakeView([[0, 0, 0, 1]]);
    for (const x of [1, 2, 3]) push(x);
    subject.use(other.view);
    push(4);
    expect([windows, other.windows]).toEqual([[[1, 2]], [[2, 3]]]);
    expect(subject.current.name).toBe('d');
  });
});

describe('a gap', () => {
  it.each([
    ['held', 'hold' as const, [1, 1, 1, 9]],
    ['bridged by a straight line', 'interpolate' as const, [2, 4, 6, 8]],
  ])('is %s', (_, bridge, expected) => {
    const { subject, windows } = recognizer({ bridge, gap: 3 }, [SURE.a], 4);
    subject.push([1, 0, 0], 0);
    subject.push(null, 1);
    subject.push(bridge === 'hold' ? [9, 0, 0] : [7, 0, 0], 3);
    subject.push([9, 0, 0], 4);
    expect(windows).toEqual([expected]);
  });

  it('that is longer empties the window, and says that nothing is recognised, once', () => {
    const { subject, windows, events, push } = recognizer({});
    for (const x of [1, 2, 3]) push(x); // at 0, 1 and 2 seconds
    expect([subject.push(null), subject.push(undefined), subject.push([])?.name, subject.push(null)]).toEqual([
      undefined,
      undefined,
      null,
      undefined,
    ]);
    for (const x of [7, 8, 9]) push(x);
    expect(windows).toEqual([
      [1, 2],
      [7, 8],
    ]);
    expect(events.map(({ name, frame, seconds }) => [name, frame, seconds])).toEqual([
      ['a', 3, 2],
      [null, 6, 5],
      ['a', 10, 9],
    ]);
  });

  it('that nobody was told of is seen by the time of the next frame', () => {
    const { subject, windows, push } = recognizer({});
    for (const x of [1, 2, 3]) push(x);
    expect(push(4, 10)?.name).toBeNull();
    for (const x of [5, 6]) push(x);
    expect(windows.at(-1)).toEqual([4, 5]);
    expect(subject.current.seconds).toBe(12);
  });
});

describe('what counts as recognised', () => {
  it('is a class at the confidence or above', () => {
    for (const [probability, name] of [
      [0.75, 'a'],
      [0.74, null],
    ] as const) {
      const { subject, push } = recognizer({ confidence: 0.75 }, [[probability, 1 - probability, 0, 0]]);
      for (const x of [0, 1, 2]) push(x);
      expect(subject.current.name).toBe(name);
    }
  });

  describe("by the model's rule", () => {
    const rejection = {
      refused: [0.05, 0.2],
      thresholds: [
        [0.5, 0.7],
        [0.7, 0.9],
      ],
      alarms: [4, 1],
      share: 0.05,
    };
    const told = (probability: number, rate: number, stream: object = { rejection }) =>
      ({ ...fakeView([[probability, 1 - probability, 0, 0]]).view, rate, stream }) as unknown as View;
    const STEADY = { window: 2, least: 2, smoothing: 0, gap: 9 };
    /** The least probability of a that is recognised at the rate, to 0.01. */
    const leastAt = (rate: number, options: RecognizerOptions, stream?: object) =>
      Array.from({ length: 50 }, (_, i) => (50 + i) / 100).find((probability) => {
        const subject = new Recognizer(told(probability, rate, stream), { ...STEADY, ...options });
        for (const seconds of [0, 1, 2, 3]) subject.push([1, 0, 0], seconds);
        return subject.current.name === 'a';
      });

    test.each<[RecognizerOptions, number, number]>([
      [{}, 0, 0.5],
      [{}, 0.5, 0.7],
      [{ refused: 0.2 }, 0, 0.7],
      [{ refused: 0.1 }, 0, 0.57],
      [{ alarms: 1 }, 0.5, 0.9],
      [{ alarms: 4 }, 0.5, 0.7],
      [{ alarms: 1, refused: 0.05 }, 0, 0.5],
      [{ confidence: 0.8, alarms: 1, refused: 0.05 }, 0, 0.8],
    ])('%j at rate %d takes a probability of %d', (options, rate, least) => {
      expect(leastAt(rate, options)).toBe(least);
    });

    it('counts where the model states a share, or a caller asks for one', () => {
      const { share: _, ...silent } = rejection;
      expect(leastAt(0.5, {}, { rejection: silent })).toBe(0.6);
      expect(leastAt(0.5, { refused: 0.05 }, { rejection: silent })).toBe(0.7);
      expect(leastAt(0.5, { alarms: 1 }, { rejection: silent })).toBe(0.9);
    });

    it('is a likeness where it has means, smoothed from answer to answer', () => {
      const means = [0, 1, 2, 3].map((label) => [0, 1, 2, 3].map((c) => (c === label ? 3 : -1)));
      const rule = { means, refused: [0.05], thresholds: [[0.9]], share: 0.05 };
      const namesOf = (answers: readonly (readonly number[])[], options: RecognizerOptions) => {
        const view = { ...fakeView(answers).view, rate: 0, stream: { rejection: rule } } as unknown as View;
        const subject = new Recognizer(view, { ...STEADY, ...options });
        return [0, 1, 2, 3, 4].map((seconds) => {
          subject.push([1, 0, 0], seconds);
          return subject.current.name;
        });
      };
      const alike = [0.4, 0.2, 0.2, 0.2];
      const torn = [0.49, 0.49, 0.01, 0.01]; // cosine 1 / sqrt 3
      expect(namesOf([alike], {})).toEqual([null, null, 'a', 'a', 'a']);
      expect(namesOf([torn], {})).toEqual([null, null, null, null, null]);
      expect(namesOf([torn], { confidence: 0.45 })).toEqual([null, null, 'a', 'a', 'a']);
      // The second answer, two seconds later: 0.2 · 1 + 0.8 / sqrt 3 is below 0.9, and 0.8 · 1 + 0.2 / sqrt 3 is not.
      expect(namesOf([alike, torn], { smoothing: 0.2 })).toEqual([null, null, 'a', 'a', null]);
      expect(namesOf([alike, torn], { smoothing: 0.8 })).toEqual([null, null, 'a', 'a', 'a']);
    });

    it('follows the rate of another view', () => {
      const subject = new Recognizer(told(0.6, 0), STEADY);
      for (const seconds of [0, 1, 2, 3]) subject.push([1, 0, 0], seconds);
      expect(subject.current.name).toBe('a');
      subject.use(told(0.6, 0.5));
      for (const seconds of [4, 5, 6]) subject.push([1, 0, 0], seconds);
      expect(subject.current.name).toBe(null);
    });

    it('follows the rate of another view in when movements begin, too', () => {
      const movements: MovementEvent[] = [];
      const bare = { rejection: { refused: [0.05], thresholds: [[0.5], [0.9]], share: 0.05 } };
      const subject = new Recognizer(told(0.6, 0, bare), {
        ...STEADY,
        movements: Spotter,
        onMovement: (one) => movements.push(one),
      });
      subject.use(told(0.6, 0.5, bare));
      for (const seconds of [0, 1, 2, 3]) subject.push([1, 0, 0], seconds);
      subject.finish();
      expect(movements).toEqual([]);
      subject.use(told(0.6, 0, bare));
      for (const seconds of [4, 5, 6]) subject.push([1, 0, 0], seconds);
      subject.finish();
      expect(movements).toHaveLength(1);
    });

    it('is not to be had of a model without it', () => {
      expect(() => new Recognizer(told(1, 0, {}), { refused: 0.1 })).toThrow(
        /^refused, alarms: expected confidence: this model has no such rule/,
      );
      const unheard = { rejection: { ...rejection, alarms: undefined } };
      expect(() => new Recognizer(told(1, 0, unheard), { alarms: 1 })).toThrow(/no such rule, found 1$/);
    });
  });

  it('is no class that means nothing, though it be the most probable', () => {
    const { events, push } = recognizer({ nothing: ['d', 'c'] }, [SURE.a, SURE.c, SURE.c, SURE.b]);
    for (const x of [0, 1, 2, 3, 4, 5]) push(x);
    expect(events.map(({ name, probability, frame }) => [name, probability, frame])).toEqual([
      ['a', 1, 3],
      [null, 0.9, 4],
      ['b', 1, 6],
    ]);
  });

  it('is smoothed: b is 0.3 · 0.2 + 0.7 · 0.9', () => {
    const answers = [
      [0.8, 0.2, 0, 0],
      [0.1, 0.9, 0, 0],
    ];
    const { events, push } = recognizer({ smoothing: 0.3 }, answers);
    for (const x of [0, 1, 2, 3]) push(x);
    expect(events.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(events[1].probability).toBeCloseTo(0.69, 9);
  });

  it('is smoothed in time: two steps later half of the past is a quarter', () => {
    const answers = [SURE.a, SURE.b];
    const { events, push } = recognizer({ smoothing: 0.5 }, answers);
    for (const x of [0, 1, 2]) push(x);
    push(3, 4);
    expect(events[1]).toEqual({ name: 'b', probability: expect.closeTo(0.75, 9), frame: 4, seconds: 4 });
  });

  it('stays for a while when nothing is recognised any more, if it is held', () => {
    const unsure = [0.3, 0.3, 0.2, 0.2];
    const { events, push } = recognizer({ confidence: 0.6, hold: 2 }, [SURE.a, unsure, SURE.a, unsure]);
    for (let x = 0; x <= 7; x++) push(x);
    // The last time that a is recognised is 4 seconds.
    expect(events.map(({ name, seconds }) => [name, seconds])).toEqual([
      ['a', 2],
      [null, 6],
    ]);
  });

  it('is told at changes alone: returned and told, when `current` has changed already', () => {
    const { view } = fakeView([SURE.a, SURE.a, SURE.b]);
    const log: unknown[] = [];
    const onChange = (event: RecognizerEvent) => log.push([event.name, event === subject.current]);
    const subject: Recognizer = new Recognizer(view, {
      window: 2,
      step: 1,
      least: 2,
      framesPerSecond: 1,
      gap: 2,
      smoothing: 0,
      onChange,
    });
    for (let x = 0; x < 6; x++) log.push(subject.push([x, 0, 0])?.name);
    expect(log).toEqual([undefined, undefined, ['a', true], 'a', undefined, ['b', true], 'b', undefined]);
  });
});

describe('a time', () => {
  it('follows from the frame rate where none is given', () => {
    const { events, push } = recognizer({ framesPerSecond: 2, window: 1, least: 1, step: 0.5 });
    for (const x of [0, 1, 2]) push(x);
    expect(events[0].seconds).toBe(1);
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'is refused where it is %d after 2: it leaves no trace',
    (time) => {
      const { windows, push } = recognizer({});
      push(1, 1);
      push(2, 2);
      expect(() => push(9, time)).toThrow(/^seconds: expected 2 or later, found /);
      push(3, 3);
      expect(windows).toEqual([[1, 2]]);
    },
  );
});
