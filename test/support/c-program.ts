import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportC } from '../../src/export/c/export-c.js';
import { identifier } from '../../src/export/c/text.js';
import type { ExportOptions } from '../../src/export/exporter.js';
import { isOverTime } from '../../src/export/over-time.js';
import type { Model } from '../../src/model/model.js';
import type { SkeletonSequence } from '../../src/runtime/skeleton/sequence.js';

/** Warnings that the exported C is without. */
export const WARNINGS =
  '-Wall -Wextra -Wshadow -Wdouble-promotion -Wconversion -Wsign-conversion -Werror -pedantic'.split(' ');

/** What the exported C is compiled with. */
export const C_FLAGS = ['-std=c99', '-O2', ...WARNINGS];

/** What the C program says of a sequence; without features over time and of whole numbers, and without features and logits if it refuses it. */
export interface CAnswer {
  readonly label: number;
  readonly features: Float32Array;
  readonly logits: Float32Array;
  readonly probabilities: Float32Array;
}

/** Reads sequences from standard input: frames, then positions; answers each as `CAnswer`. */
const DRIVER = `
#include "FILE.c"
#include <stdio.h>

static float positions[1 << 20], probabilities[CLASSES];

static void put(const void *values, size_t size)
{
  fwrite(values, size, 1, stdout);
}

static void put_number(float value)
{
  put(&value, sizeof value);
}

static void put_features(void)
{
#if !defined OVER_TIME && !defined WHOLE
  standard next = {means, inverses};
  for (int node = 0; node < NODES; node++) {
    describe(node, &next, scratch_features);
    for (int i = 0; i < CHANNELS; i++) put_number(scratch_features[i]);
  }
#endif
}

int main(void)
{
  int32_t n, label;
  while (fread(&n, sizeof n, 1, stdin) == 1) {
    if (fread(positions, sizeof(float) * PERSONS * PERSON, (size_t)n, stdin) != (size_t)n) return 1;
    label = NAME_predict(positions, n, probabilities);
    put(&label, sizeof label);
    put(probabilities, sizeof probabilities);
    if (label < 0) continue;
    take(positions, n);
    put_features();
    infer();
    for (int i = 0; i < CLASSES; i++) put_number((float)logits[i]);
  }
  return 0;
}
`;

/** Exports a model, compiles it with a driver and runs it on sequences. */
export function runC(
  model: Model,
  options: ExportOptions,
  sequences: readonly SkeletonSequence[],
  ...defines: readonly string[]
): CAnswer[] {
  const { name = model.description.provenance.recipe, weights } = options;
  const kind = [...(weights === 'int8' ? ['-DWHOLE'] : []), ...(isOverTime(model) ? ['-DOVER_TIME'] : [])];
  const [source, header] = exportC(model, options).files;
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-c-'));
  try {
    writeFileSync(join(folder, `${name}.c`), source);
    writeFileSync(join(folder, `${name}.h`), header);
    writeFileSync(join(folder, 'driver.c'), DRIVER.replace('FILE', name).replaceAll('NAME', identifier(name)));
    execFileSync('gcc', [...C_FLAGS, ...kind, ...defines, 'driver.c', '-lm', '-o', 'driver'], { cwd: folder });
    const output = execFileSync(join(folder, 'driver'), { input: inputOf(sequences), maxBuffer: 2 ** 30 });
    return answersOf(output, sequences.length, model, weights === 'int8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function inputOf(sequences: readonly SkeletonSequence[]): Buffer {
  return Buffer.concat(
    sequences.flatMap(({ frames, positions }) => [
      Buffer.from(Int32Array.of(frames).buffer),
      Buffer.from(positions.buffer, positions.byteOffset, positions.byteLength),
    ]),
  );
}

function answersOf(output: Buffer, count: number, model: Model, isWhole: boolean): CAnswer[] {
  const { classes, input } = model.network;
  const features = isOverTime(model) || isWhole ? 0 : input.nodes * input.channels;
  let at = 0;
  const floats = (size: number) => {
    at += size * 4;
    return new Float32Array(output.buffer.slice(output.byteOffset + at - size * 4, output.byteOffset + at));
  };
  const answers = Array.from({ length: count }, () => {
    at += 4;
    const label = output.readInt32LE(at - 4);
    const [inputs, more] = label < 0 ? [0, 0] : [features, classes];
    return { label, probabilities: floats(classes), features: floats(inputs), logits: floats(more) };
  });
  if (at !== output.length) throw new Error(`expected ${at} bytes, found ${output.length}`);
  return answers;
}
