import { describe, expect, it, test } from 'vitest';
import { fakeView, SURE } from '../../../test/support/fake-view.js';
import type { View } from '../view.js';
import type { RecognizerOptions } from './options.js';
import { Recognizer } from './recognizer.js';
import { RepetitionCounter } from './repetitions.js';
import { Spotter } from './spotter.js';

describe('options', () => {
  test.each<[object, RegExp]>([
    [{ window: 0 }, /^window: expected 0.001 to 3600, found 0$/],
    [{ window: '2' }, /^window: expected number, found 2$/],
    [{ step: -1 }, /^step: /],
    [{ least: 3 }, /^least: expected at most the window, found 3$/],
    [{ gap: Number.NaN }, /^gap: /],
    [{ hold: -1 }, /^hold: /],
    [{ bridge: 'line' }, /^bridge: expected interpolate or hold, found line$/],
    [{ framesPerSecond: 0 }, /^framesPerSecond: /],
    [{ smoothing: 1 }, /^smoothing: /],
    [{ confidence: -1 }, /^confidence: /],
    [{ confidence: 60 }, /^confidence: expected 0 to 1, found 60$/],
    [{ refused: 2 }, /^refused: expected 0 to 1, found 2$/],
    [{ alarms: -1 }, /^alarms: /],
    [{ nothing: ['a', 'rest'] }, /^nothing: expected classes of the model, found rest$/],
    [{ nothing: 1 }, /^nothing: /],
    [{ mirrored: 'yes' }, /^mirrored: /],
    [{ mirrored: true }, /^partners: expected partners of 1 joints, found /],
    [{ mirrored: true, partners: [1] }, /^partners: /],
    [{ aspect: -1 }, /^aspect: /],
    [{ visibility: 2 }, /^visibility: /],
    [{ follow: 1 }, /^follow: /],
    [{ onChange: 1 }, /^onChange: /],
    [{ movements: Spotter, spotting: { leave: 2 } }, /^spotting: /],
    [{ movements: Spotter, spotting: { entr: 0.5 } }, /^spotting: expected enter, .*, found entr$/],
    [{ movements: Spotter, spotting: { longest: '3' } }, /^spotting: expected 0 < leave/],
    [
      { movements: Spotter, onRepetition: () => {} },
      /^repetitions: expected class of anyrate\/repetitions, found undefined$/,
    ],
    [{ onMovement: () => {} }, /^movements: expected class of anyrate\/movements, found undefined$/],
    [{ repetitions: RepetitionCounter }, /^movements: /],
    [{ movements: true }, /^movements: expected function, found true$/],
    [{ frames: 48 }, /^options: expected window, step, .*, found frames$/],
    [{ constructor: 48 }, /^options: expected window, step, .*, found constructor$/],
    [JSON.parse('{"__proto__": 48}'), /^options: expected window, step, .*, found __proto__$/],
    [{ confidance: 1 }, /found confidance$/],
  ])('%j is refused', (options, message) => {
    const { view } = fakeView([]);
    expect(() => new Recognizer(view, { window: 2, ...options } as RecognizerOptions)).toThrow(RangeError);
    expect(() => new Recognizer(view, { window: 2, ...options } as RecognizerOptions)).toThrow(message);
  });

  it('that are undefined have their defaults, which the model may state', () => {
    const { view } = fakeView([SURE.b]);
    const told = { ...view, stream: { seconds: 4, framesPerSecond: 2, nothing: ['b'] } } as unknown as View;
    const seenBy = (subject: Recognizer) => Array.from({ length: 12 }, () => subject.push([1, 0, 0])?.frame);
    const options = { window: undefined, framesPerSecond: undefined, nothing: undefined, confidence: undefined };
    // A third of 4 seconds, one of two cells, are complete with the fifth frame at 2 a second; steps are two cells.
    expect(seenBy(new Recognizer(told, { ...options, nothing: [] })).filter(Boolean)).toEqual([5]);
    expect(seenBy(new Recognizer(told, options)).filter(Boolean)).toEqual([]);
  });
});

test.each([
  ['a list', []],
  ['a map', new Map([['window', 2]])],
  ['a text', 'window'],
  ['a number', 2],
  ['nothing', null],
])('options that are %s are refused', (_, options) => {
  const { view } = fakeView([]);
  expect(() => new Recognizer(view, options as RecognizerOptions)).toThrow(RangeError);
  expect(() => new Recognizer(view, options as RecognizerOptions)).toThrow('expected a view and options');
});
