import { expect, test } from 'vitest';
import type { Exporter } from './exporter.js';
import { exporterNamed, exporters, exportModel, registerExporter } from './exporters.js';

const counts: Exporter = {
  name: 'counts',
  extensions: ['.count'],
  description: 'the number of classes',
  options: ['name'],
  write: (model) => ({ files: [Uint8Array.of(model.description.classes.length)], nonzeros: 0, macs: 0 }),
};

test('an exporter from outside is listed and used, its options checked', () => {
  registerExporter(counts);
  expect(exporters.at(-1)).toBe(counts);
  const model = { description: { classes: ['a', 'b'] } } as never;
  expect(exportModel(model, 'counts', { name: 'x' }).files[0]).toEqual(Uint8Array.of(2));
  expect(() => exportModel(model, 'counts', { compact: true })).toThrow('expected only name, found compact');
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
