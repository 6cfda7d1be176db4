import { describe, expect, test } from 'vitest';
import { type Movement, Spotter, type SpottingOptions } from './spotter.js';

const OPTIONS: SpottingOptions = { enter: 0.7, leave: 0.4, shortest: 0, longest: 100 };

/** Movements of a stream with an answer each second: probability of classes 0 and 1, null for a refused one. */
function spot(answers: readonly (readonly [number, number] | null)[], options: Partial<SpottingOptions> = {}) {
  const spotter = new Spotter({ ...OPTIONS, ...options });
  const found: Movement[] = [];
  const early: (number | undefined)[] = [];
  for (const [second, scores] of answers.entries()) {
    const best = scores === null ? -1 : Number(scores[1] > scores[0]);
    const finished = spotter.update(second, scores ?? [0.9, 0.9], best);
    if (finished) found.push(finished);
    early.push(spotter.current?.label);
  }
  const last = spotter.finish();
  if (last) found.push(last);
  return { found, early };
}

/** Of class 0 alone. */
const first = (...probabilities: number[]) => probabilities.map((p) => [p, 0] as const);

describe('one movement', () => {
  test('lasts from the first to the last answer at leave or above, and is known where it reaches enter', () => {
    const { found, early } = spot(first(0.3, 0.4, 0.6, 0.7, 0.9, 0.5, 0.4, 0.39, 0.1));
    expect(found).toEqual([{ label: 0, start: 1, end: 6, probability: 0.9, known: 3 }]);
    expect(early).toEqual([undefined, undefined, undefined, 0, 0, 0, 0, undefined, undefined]);
  });

  test('that never reaches enter is none', () => {
    expect(spot(first(0.5, 0.69, 0.5, 0)).found).toEqual([]);
  });

  test('that goes on at the end of the stream ends there', () => {
    expect(spot(first(0, 0.8, 0.8)).found).toEqual([{ label: 0, start: 1, end: 2, probability: 0.8, known: 1 }]);
  });

  test('is two where it falls below leave in between, and one within the rest', () => {
    const answers = first(0.8, 0.8, 0.1, 0.1, 0.8, 0, 0, 0, 0);
    expect(spot(answers, { rest: 1 }).found.map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [4, 4],
    ]);
    expect(spot(answers, { rest: 2 }).found.map(({ start, end }) => [start, end])).toEqual([[0, 4]]);
  });

  test('is shorter by the lag of the answers: moved, and known when it was', () => {
    const { found } = spot(first(0, 0.8, 0.8, 0), { lag: 0.25 });
    expect(found).toEqual([{ label: 0, start: 0.75, end: 1.75, probability: 0.8, known: 1 }]);
  });
});

describe('lengths', () => {
  test('what is shorter than the shortest is not reported, and nothing is known before', () => {
    const { found, early } = spot(first(0.9, 0.9, 0, 0.9, 0.9, 0.9, 0.9, 0), { shortest: 2 });
    expect(found).toEqual([{ label: 0, start: 3, end: 6, probability: 0.9, known: 5 }]);
    expect(early.indexOf(0)).toBe(5);
  });

  test('the longest ends a movement, and the same class follows only after it was left', () => {
    const { found, early } = spot(first(0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0, 0.8, 0), { longest: 3 });
    expect(found.map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [8, 8],
    ]);
    expect(early).toEqual([0, 0, 0, ...Array(5).fill(undefined), 0, undefined]);
  });

  test('another class may follow at once', () => {
    const { found } = spot([[0.9, 0], [0.9, 0], [0.9, 0], [0.9, 0], [0.1, 0.8], null], { longest: 2 });
    expect(found.map(({ label, start, end }) => [label, start, end])).toEqual([
      [0, 0, 2],
      [1, 4, 4],
    ]);
  });

  test('a doubt between two classes is no leaving', () => {
    const { found } = spot([[0.9, 0], [0.9, 0], [0.9, 0], [0.45, 0.5], [0.9, 0], [0.9, 0], null], { longest: 2 });
    expect(found.map(({ label, start, end }) => [label, start, end])).toEqual([[0, 0, 2]]);
  });

  test('doubt that lasts does not use the longest up', () => {
    const { found } = spot(first(0.5, 0.5, 0.5, 0.5, 0.5, 0.8, 0.8, 0), { longest: 2 });
    expect(found.map(({ start, end }) => [start, end])).toEqual([[3, 5]]);
  });
});

describe('two classes', () => {
  test('a movement gives way only to one that reaches enter', () => {
    const { found } = spot([[0.8, 0.1], [0.4, 0.6], [0.45, 0.55], [0.2, 0.8], [0.2, 0.8], null]);
    expect(found.map(({ label, start, end }) => [label, start, end])).toEqual([
      [0, 0, 2],
      [1, 3, 4],
    ]);
  });

  test('what is not known yet gives way to any that is more probable', () => {
    const { found } = spot([[0.5, 0.45], [0.45, 0.5], [0.1, 0.9], null]);
    expect(found).toEqual([{ label: 1, start: 1, end: 2, probability: 0.9, known: 2 }]);
  });
});

describe('refused answers', () => {
  test('begin nothing and end what goes on', () => {
    const { found, early } = spot([null, null, [0.9, 0], [0.9, 0], null, null]);
    expect(found).toEqual([{ label: 0, start: 2, end: 3, probability: 0.9, known: 2 }]);
    expect(early).toEqual([undefined, undefined, 0, 0, undefined, undefined]);
  });

  test('scores that are no numbers count as refused', () => {
    expect(spot(first(Number.NaN, 0.9, Number.NaN)).found).toEqual([
      { label: 0, start: 1, end: 1, probability: 0.9, known: 1 },
    ]);
  });
});

test.each([
  { leave: 0 },
  { leave: 0.8 },
  { enter: 1.1 },
  { shortest: -1 },
  { shortest: 5, longest: 5 },
  { rest: -1 },
  { lag: Number.NaN },
])('%o is refused', (options) => {
  expect(() => new Spotter({ ...OPTIONS, ...options })).toThrow(RangeError);
});
