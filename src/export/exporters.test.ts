import { expect, test } from 'vitest';
import { toyModel } from '../../test/support/toy.js';
import { InputError } from '../core/errors.js';
import { Model } from '../model/model.js';
import type { Exporter } from './exporter.js';
import { exporterNamed, exporters, exportModel, registerExporter } from './exporters.js';

const counts: Exporter = {
  name: 'counts',
  extensions: ['.count'],
  description: 'the number of classes',
  options: ['name'],
  write: (model) => ({ files: [Uint8Array.of(model.description.classes.length)], nonzeros: 0, macs: 0 }),
};

/** Whatever an exporter is given, these do not look at it. */
const stub = { description: {}, parameters: { latents: [] }, network: { input: {} } } as never;

test('an exporter from outside is listed and used, its options checked', async () => {
  registerExporter(counts);
  expect(exporters.at(-1)).toBe(counts);
  const model = { description: { classes: ['a', 'b'] }, parameters: { latents: [] }, network: { input: {} } } as never;
  expect((await exportModel(model, 'counts', { name: 'x' })).files[0]).toEqual(Uint8Array.of(2));
  await expect(exportModel(model, 'counts', { compact: true })).rejects.toThrow('expected only name, found compact');
  expect(() => registerExporter({ ...counts, extensions: ['.other'] })).toThrow('"counts" again');
});

test('an unknown format is answered by those that there are', () => {
  expect(() => exporterNamed('onyx')).toThrow(/a format: onnx, .*Did you mean "onnx"/);
});

test.each<[string, Partial<Record<keyof Exporter, unknown>>]>([
  ['extensions', { extensions: [] }],
  ['extensions', { extensions: ['bin'] }],
  ['extensions', { extensions: ['.onnx'] }],
  ['description', { description: undefined }],
  ['options', { options: undefined }],
  ['write', { write: 'no' }],
  ['name', { name: 'two words', extensions: ['.two'] }],
])('an exporter is refused for its %s', (place, changes) => {
  const before = exporters.length;
  const broken = { ...counts, name: 'broken', extensions: ['.broken'], ...changes } as Exporter;
  expect(() => registerExporter(broken)).toThrow(`format to register, ${place}`);
  expect(exporters.length).toBe(before);
});

test.each<[string, unknown, string]>([
  ['none', undefined, 'files: expected a list of Uint8Array, found none'],
  ['promised', Promise.resolve({ files: [], nonzeros: 0, macs: 0 }), 'files: expected 1: .promised, found 0'],
  ['text', { files: 'text', nonzeros: 0, macs: 0 }, 'files: expected a list of Uint8Array, found string'],
  ['texts', { files: ['text'], nonzeros: 0, macs: 0 }, 'files: expected a list of Uint8Array, found a list of String'],
  ['no-file', { files: [], nonzeros: 0, macs: 0 }, 'files: expected 1: .no-file, found 0'],
  ['two-files', { files: [Uint8Array.of(1), Uint8Array.of(2)], nonzeros: 0, macs: 0 }, 'files: expected 1: .two-files'],
  ['no-count', { files: [Uint8Array.of(1)], macs: 0 }, 'nonzeros: expected a number, found undefined'],
  ['no-macs', { files: [Uint8Array.of(1)], nonzeros: 0, macs: Number.NaN }, 'macs: expected a number, found NaN'],
])('an exporter that gives %s is named', async (name, exported, message) => {
  registerExporter({ ...counts, name, extensions: [`.${name}`], write: () => exported as never });
  await expect(exportModel(stub, name)).rejects.toThrow(InputError);
  await expect(exportModel(stub, name)).rejects.toThrow(`format ${name}, ${message}`);
});

test('an exporter that fails is named', async () => {
  const write = (): never => {
    throw new RangeError('too small');
  };
  registerExporter({ ...counts, name: 'failing', extensions: ['.failing'], write });
  await expect(exportModel(stub, 'failing')).rejects.toThrow(InputError);
  await expect(exportModel(stub, 'failing')).rejects.toThrow(
    /^format failing: .* one that fails: RangeError: too small/,
  );
});

test('weights that are infinite at their scale are refused before a program says them', async () => {
  const model = toyModel((random) => random.normal() || 1);
  const scales = model.parameters.scales.map((_, t) => (t === 1 ? 3e38 : 1));
  const broken = new Model(model.description, { ...model.parameters, scales });
  for (const format of ['c', 'javascript', 'onnx', 'safetensors', 'wasm', 'html']) {
    await expect(exportModel(broken, format), format).rejects.toThrow(
      'model, weights of tensor 2: expected finite numbers',
    );
  }
});

test.each(['constructor', '__proto__', 'toString', 'int4'])(
  'weights as %s are refused, and an option of that name',
  async (word) => {
    const model = toyModel((random) => random.normal() || 1);
    const options = JSON.parse(`{"${word}":1}`);
    await expect(exportModel(model, 'c', { weights: word as 'float' })).rejects.toThrow(
      'exportModel, weights: expected one of float, int8, found',
    );
    await expect(exportModel(model, 'c', options)).rejects.toThrow('format c: expected only name, weights, found');
  },
);
