import { describe, expect, it, test } from 'vitest';
import { Recognizer, type RecognizerEvent, type RecognizerOptions } from './recognizer.js';
import type { View } from './view.js';

/** A view of one joint and the classes a, b, c, d that gives the probabilities it is told, and notes the windows it is shown. */
function fakeView(answers: readonly (readonly number[])[]) {
  const windows: number[][] = [];
  const queue = [...answers];
  const view = {
    persons: 1,
    layout: { joints: ['point'] },
    classes: ['a', 'b', 'c', 'd'],
    predict({ frames, persons, joints, positions }: Parameters<View['predict']>[0]) {
      expect([frames * persons * joints * 3, persons, joints]).toEqual([positions.length, 1, 1]);
      windows.push([...positions].filter((_, i) => i % 3 === 0));
      return { scores: queue.shift()! };
    },
  };
  return { view: view as unknown as View, windows };
}

/** Options of a test; undefined stands for the recognizer's default. */
type Options = { readonly [Name in keyof RecognizerOptions]?: RecognizerOptions[Name] | undefined };

/** A recognizer over two frames that classifies every frame after the first, and its events. */
function recognizer(options: Options, ...answers: readonly (readonly number[])[]) {
  const { view, windows } = fakeView(answers);
  const events: RecognizerEvent[] = [];
  const base = { frames: 2, every: 1, smoothing: 0, confidence: 0, onChange: (e: RecognizerEvent) => events.push(e) };
  const subject = new Recognizer(view, { ...base, ...options } as RecognizerOptions);
  const push = (x: number) => subject.push([x, 0, 0]);
  return { subject, windows, events, push };
}

describe('smoothing', () => {
  const answers = [
    [0.8, 0.2, 0, 0],
    [0.1, 0.9, 0, 0],
    [0.1, 0.9, 0, 0],
  ];

  it('at 0: the last scores alone', () => {
    const { events, push } = recognizer({ smoothing: 0 }, ...answers);
    for (let i = 0; i < 4; i++) push(i);
    expect(events).toEqual([
      { name: 'a', probability: 0.8, frame: 2 },
      { name: 'b', probability: 0.9, frame: 3 },
    ]);
  });

  it('at 0.3: three tenths of the past', () => {
    // b: 0.2; 0.3 · 0.2 + 0.7 · 0.9
    const { events, push } = recognizer({ smoothing: 0.3 }, ...answers);
    for (let i = 0; i < 4; i++) push(i);
    expect(events.map(({ name, frame }) => [name, frame])).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
    expect(events[0].probability).toBeCloseTo(0.8, 12);
    expect(events[1].probability).toBeCloseTo(0.69, 12);
  });

  it('at 0.9: nine tenths of the past, so that a change takes several answers', () => {
    // a: 0.8; 0.9 · 0.8 + 0.1 · 0.1 = 0.73; 0.667; 0.6103; 0.55927; 0.513343; 0.4720087: now b, at 0.5279913.
    const { events, push } = recognizer({ smoothing: 0.9 }, answers[0], ...Array(6).fill(answers[1]));
    for (let i = 0; i < 8; i++) push(i);
    expect(events.map(({ name, frame }) => [name, frame])).toEqual([
      ['a', 2],
      ['b', 8],
    ]);
    expect(events[0].probability).toBeCloseTo(0.8, 12);
    expect(events[1].probability).toBeCloseTo(0.5279913, 12);
  });

  it('is one half by default', () => {
    // b: 0.5 · 0.2 + 0.5 · 0.9
    const { events, push } = recognizer({ smoothing: undefined }, ...answers);
    for (let i = 0; i < 3; i++) push(i);
    expect(events[1].name).toBe('b');
    expect(events[1].probability).toBeCloseTo(0.55, 12);
  });

  it('is of all classes, not of the greatest alone', () => {
    // c: 0.5 · 0.45 + 0.5 · 0.45 is more than half of a's 0.55 or of b's 0.55.
    const { events, push } = recognizer({ smoothing: 0.5 }, [0.55, 0, 0.45, 0], [0, 0.55, 0.45, 0]);
    for (let i = 0; i < 3; i++) push(i);
    expect(events.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(events[1].probability).toBeCloseTo(0.45, 12);
  });

  it('forgets the past where nobody is seen', () => {
    const { subject, push } = recognizer({ smoothing: 0.9 }, answers[0], answers[1]);
    for (const x of [0, 1]) push(x);
    expect(subject.push(null)).toEqual({ name: null, probability: 0, frame: 3 });
    for (const x of [2, 3]) push(x);
    expect(subject.current).toEqual({ name: 'b', probability: 0.9, frame: 5 });
  });
});

describe('the window', () => {
  const flat = Array<number[]>(50).fill([1, 0, 0, 0]);

  it('is shown when it is full, then with every frame, the oldest first', () => {
    const { windows, push } = recognizer({ frames: 3 }, ...flat);
    for (let x = 1; x <= 5; x++) push(x);
    expect(windows).toEqual([
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 5],
    ]);
  });

  it('moves on by `every` frames, counted from the first', () => {
    const { windows, push } = recognizer({ frames: 4, every: 3 }, ...flat);
    for (let x = 1; x <= 12; x++) push(x);
    expect(windows).toEqual([
      [3, 4, 5, 6],
      [6, 7, 8, 9],
      [9, 10, 11, 12],
    ]);
  });

  it('has 48 frames and moves on by 4 by default', () => {
    const { windows, push } = recognizer({ frames: undefined, every: undefined }, ...flat);
    for (let x = 1; x <= 57; x++) push(x);
    expect(windows.map((window) => [window.length, window[0], window[47]])).toEqual([
      [48, 1, 48],
      [48, 5, 52],
      [48, 9, 56],
    ]);
  });

  test.each(['a frame with nobody', 'an undefined frame', 'a reset'])(
    'fills again after %s; the frames are counted on',
    (what) => {
      const { subject, windows, push } = recognizer({ frames: 3, every: 2 }, ...flat);
      for (let x = 1; x <= 4; x++) push(x);
      if (what === 'a reset') subject.reset();
      else subject.push(what === 'a frame with nobody' ? null : undefined);
      for (let x = 11; x <= 14; x++) push(x);
      // Pushed before: 4, or 5 with the empty frame; a window ends where the count is even.
      expect(windows).toEqual([[2, 3, 4], what === 'a reset' ? [12, 13, 14] : [11, 12, 13]]);
    },
  );

  test.each([
    ['too short', [1, 2], '2'],
    ['too long', [1, 2, 3, 4], '4'],
    ['infinite', [1, 2, Number.POSITIVE_INFINITY], 'Infinity'],
    ['of text', ['1', 2, 3] as never, 'strings'],
    ['of landmark objects', [{ x: 1 }, { x: 2 }, { x: 3 }] as never, 'objects'],
  ])('refuses a frame that is %s, and goes on as if it had not come', (_, frame, found) => {
    const { subject, windows, push } = recognizer({ frames: 3, every: 3 }, ...flat);
    for (const x of [1, 2]) push(x);
    expect(() => subject.push(frame)).toThrow(
      new RangeError(
        `frame: expected 3 numbers x, y, z, x, ... laid end to end, NaN or null where a joint is lost; found ${found}`,
      ),
    );
    push(3);
    expect(windows).toEqual([[1, 2, 3]]);
  });

  it('has NaN where a joint is NaN, null or undefined', () => {
    const { subject, windows, push } = recognizer({ frames: 4 }, ...flat);
    push(1);
    for (const lost of [Number.NaN, null, undefined]) subject.push([lost, lost, lost]);
    expect(windows).toEqual([[1, Number.NaN, Number.NaN, Number.NaN]]);
  });

  it('goes on with another view, its frames kept', () => {
    const { subject, windows, push } = recognizer({ frames: 2 }, ...flat);
    const other = fakeView([[0, 0, 0, 1]]);
    for (const x of [1, 2]) push(x);
    subject.use(other.view);
    push(3);
    expect([windows, other.windows]).toEqual([[[1, 2]], [[2, 3]]]);
    expect(subject.current.name).toBe('d');
  });
});

describe('what counts as recognised', () => {
  it('is a class at the confidence or above', () => {
    const at = recognizer({ confidence: 0.75 }, [0.75, 0.25, 0, 0]);
    for (const x of [0, 1]) at.push(x);
    expect(at.subject.current).toEqual({ name: 'a', probability: 0.75, frame: 2 });
    const below = recognizer({ confidence: 0.75 }, [0.74, 0.26, 0, 0]);
    for (const x of [0, 1]) below.push(x);
    expect(below.subject.current).toEqual({ name: null, probability: 0, frame: 0 });
    expect(below.events).toEqual([]);
  });

  it('has the confidence 0.6 by default', () => {
    const { events, push } = recognizer({ confidence: undefined }, [0.59, 0.41, 0, 0], [0.4, 0.6, 0, 0]);
    for (const x of [0, 1, 2]) push(x);
    expect(events).toEqual([{ name: 'b', probability: 0.6, frame: 3 }]);
  });

  it('is measured by the smooth probability', () => {
    // b: 0.5 · 0 + 0.5 · 1 is less than 0.6; the next, 0.75, is not.
    const b = [0, 1, 0, 0];
    const { events, push } = recognizer({ confidence: 0.6, smoothing: 0.5 }, [1, 0, 0, 0], b, b);
    for (const x of [0, 1, 2, 3]) push(x);
    expect(events).toEqual([
      { name: 'a', probability: 1, frame: 2 },
      { name: null, probability: 0.5, frame: 3 },
      { name: 'b', probability: 0.75, frame: 4 },
    ]);
  });

  it('is no class that means nothing, though it be the most probable', () => {
    const c = [0, 0.1, 0.9, 0];
    const { events, push } = recognizer({ nothing: ['d', 'c'] }, [1, 0, 0, 0], c, c, [0.2, 0.8, 0, 0]);
    for (const x of [0, 1, 2, 3, 4]) push(x);
    expect(events).toEqual([
      { name: 'a', probability: 1, frame: 2 },
      { name: null, probability: 0.9, frame: 3 },
      { name: 'b', probability: 0.8, frame: 5 },
    ]);
  });

  it('is the first class of equally probable ones', () => {
    const { subject, push } = recognizer({}, [0.2, 0.4, 0.4, 0]);
    for (const x of [0, 1]) push(x);
    expect(subject.current.name).toBe('b');
  });
});

describe('events', () => {
  it('are given at changes alone: returned and told, in order, when `current` has changed already', () => {
    const [a, b] = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ];
    const log: unknown[] = [];
    const onChange = (event: RecognizerEvent) => log.push(['told', event.name, event === subject.current]);
    const { subject } = recognizer({ onChange }, a, a, b, b, a);
    for (let x = 0; x < 6; x++) {
      const event = subject.push([x, 0, 0]);
      log.push(event && ['returned', event.name, event === subject.current]);
    }
    expect(log).toEqual([
      undefined,
      ['told', 'a', true],
      ['returned', 'a', true],
      undefined,
      ['told', 'b', true],
      ['returned', 'b', true],
      undefined,
      ['told', 'a', true],
      ['returned', 'a', true],
    ]);
  });

  it('say that nothing is recognised once, when nobody is seen', () => {
    const { subject, events, push } = recognizer({}, [1, 0, 0, 0]);
    for (const x of [0, 1]) push(x);
    expect([subject.push(null)?.name, subject.push(null), subject.reset()]).toEqual([null, undefined, undefined]);
    expect(events.map(({ name, frame }) => [name, frame])).toEqual([
      ['a', 2],
      [null, 3],
    ]);
  });
});

test.each([
  { frames: 1 },
  { frames: 2.5 },
  { every: 0 },
  { every: 1.5 },
  { smoothing: -0.1 },
  { smoothing: 1 },
  { smoothing: Number.NaN },
  { confidence: -1 },
])('options out of range are refused: %j', (options) => {
  expect(() => recognizer(options)).toThrow(RangeError);
});

test('a class in `nothing` that the model does not have is refused', () => {
  expect(() => recognizer({ nothing: ['a', 'rest'] })).toThrow(
    new RangeError('nothing: expected classes of the model, found rest'),
  );
});
