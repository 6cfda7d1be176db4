import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.js';
import { predict } from '../../src/evaluate/predict.js';
import { decodeModel } from '../../src/model/file/file.js';
import { FormatError } from '../../src/runtime/file/container.js';
import { RuntimeModel } from '../../src/runtime/model.js';
import { Recognizer } from '../../src/runtime/stream/recognizer.js';
import { toyDataset } from '../support/toy.js';
import { attacks, errors, fileOf } from './forge.js';
import { file, header, headerWith, start } from './parts.js';

test('weights too large to give an answer are refused where it is asked for', () => {
  const scales = (header as { scales: number[] }).scales.map(() => 3e38);
  const bytes = headerWith((h) => Object.assign(h, { scales }), [file.subarray(start)]);
  const [sequence] = toyDataset(1).samples;
  expect(() => new RuntimeModel(bytes).view().predict(sequence)).toThrow('model: expected finite logits');
  const asked = () => predict(decodeModel(bytes, 'attack'), sequence);
  expect(asked).toThrow(InputError);
  expect(asked).toThrow('model: expected weights that give finite logits');
});

test('a key that a later anyrate may have is no damage; a number in the place of a word is', () => {
  const read = (changes: object) => () =>
    decodeModel(
      headerWith((h) => Object.assign(h.layers[1], changes)),
      'later',
    );
  expect(read({ dilation: 2 })).toThrow(
    'later, header, layers.1: expected known keys, found "dilation". The file may come from a newer version of anyrate: update anyrate.',
  );
  expect(read({ kind: 2 })).toThrow(/^later, header, layers.1.kind: .* The file is damaged: copy it again\.$/);
});

const folder = new URL('files/', import.meta.url);

test('the folder holds these attacks, as they are made here, and what the runtime says of each', () => {
  const list = JSON.parse(readFileSync(new URL('attacks.json', import.meta.url), 'utf8'));
  expect(list).toEqual(errors);
  expect(readdirSync(folder).sort()).toEqual(Object.keys(list).sort());
  for (const [name, [bytes]] of Object.entries(attacks)) {
    expect(readFileSync(new URL(fileOf(name), folder)).equals(bytes()), name).toBe(true);
  }
});

test.each(Object.entries(attacks))('%s is refused by the runtime and by the engine', (_, [bytes, runtime, engine]) => {
  const open = () => new Recognizer(new RuntimeModel(bytes()).view());
  expect(open).toThrow(FormatError);
  expect(open).toThrow(runtime);
  expect(() => decodeModel(bytes(), 'attack')).toThrow(InputError);
  if (engine !== undefined) expect(() => decodeModel(bytes(), 'attack')).toThrow(engine);
});
