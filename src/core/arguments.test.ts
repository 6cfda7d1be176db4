import { describe, expect, it, test } from 'vitest';
import { aNumber, checkArguments, optionsOf } from './arguments.js';

interface Options {
  readonly rate?: number;
  readonly threads?: number;
}

test('a promise is told to be awaited', () => {
  expect(() => checkArguments('run', { rate: [aNumber, Promise.resolve(1)] })).toThrow(
    'run, rate: expected a number, found a promise. Put await before it.',
  );
});

describe('options', () => {
  const anyOptions = optionsOf<Options>({ rate: true, threads: true });
  const check = (options: unknown) => () => checkArguments('run', { options: [anyOptions, options] });

  it('may be left out, in part or as a whole', () => {
    for (const options of [undefined, {}, { rate: 0.98 }, { rate: undefined, threads: 2 }]) {
      expect(check(options)).not.toThrow();
    }
  });

  it('have no other key: the nearest is suggested', () => {
    expect(check({ rate: 0.98, thread: 2 })).toThrow(
      'run, options: expected nothing but rate, threads, found "thread". Did you mean "threads"?',
    );
    expect(check({ colour: 'red' })).toThrow(
      'run, options: expected nothing but rate, threads, found "colour". Leave it out. See the documentation of run.',
    );
    expect(check(JSON.parse('{"__proto__": 1}'))).toThrow('found "__proto__"');
  });

  it('of one key are told so', () => {
    const one = optionsOf<{ rate?: number }>({ rate: true });
    expect(() => checkArguments('predict', { options: [one, { rates: 0.9 }] })).toThrow(
      'predict, options: expected rate alone, found "rates". Did you mean "rate"?',
    );
  });

  it('are an object', () => {
    expect(check(0.98)).toThrow(
      'run, options: expected an object, or nothing, found 0.98. See the documentation of run.',
    );
    expect(() => checkArguments('run', { rate: [aNumber, Number.NaN] })).toThrow(
      'run, rate: expected a number, found NaN.',
    );
  });
});
