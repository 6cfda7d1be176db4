// What the parts of the runtime weigh: it is bundled again without each of them.
import { markdownTable } from 'markdown-table';
import { bundle } from '../scripts/bundle.js';
import { gzippedBytes } from './lib/measure.js';

const RUNTIME = 'src/runtime.ts';
const PREPROCESSING = ['*/pipeline.js', '*/pose.js', '*/channels.js', '*/lost.js', '*/time.js'];
/** Part, and the modules that are left out without it. */
const PARTS = {
  'Recognizer: frames pushed one by one': ['*/recognizer.js'],
  'load and grow: URLs and ranges of bytes': ['*/load.js'],
  'preprocessing: every step that a recipe can have': PREPROCESSING,
  'header: its layers, steps and curves checked': ['*/header.js'],
  'all of these': ['*/recognizer.js', '*/load.js', '*/header.js', ...PREPROCESSING],
};

const sizeWithout = async (external) => gzippedBytes(await bundle(RUNTIME, 'esm', external));

export async function benchRuntime() {
  const parts = Object.entries(PARTS).map(async ([part, modules]) => ({ part, bytes: await sizeWithout(modules) }));
  return { bytes: await sizeWithout([]), parts: await Promise.all(parts) };
}

export function runtimeTable({ bytes, parts }) {
  const count = (value) => value.toLocaleString('en-US');
  return [
    `Minified and gzipped: ${count(bytes)} bytes. Without all of these it reads files, views them at a rate and answers ` +
      'from features.',
    markdownTable([
      ['without', 'bytes', 'less'],
      ...parts.map((row) => [row.part, count(row.bytes), count(bytes - row.bytes)]),
    ]),
  ].join('\n\n');
}
