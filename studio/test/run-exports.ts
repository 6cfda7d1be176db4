// Runs what the page gave, each format by its own means, on the recordings of its self-test.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createPredictor, importSafetensors } from 'anyrate/browser';
import { load, type SkeletonSequence } from 'anyrate/runtime';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import type { Browser } from 'playwright-core';

/** A self-test as it is in its file. */
export interface SelfTest {
  readonly classes: readonly string[];
  readonly persons: number;
  readonly joints: readonly string[];
  readonly cases: readonly {
    readonly class: string;
    readonly frames: readonly (readonly (number | null)[])[];
    readonly seconds?: readonly number[];
    readonly scores: readonly number[];
  }[];
}

/** Probabilities of each case. */
type Run = (file: (extension: string) => string, test: SelfTest) => Promise<readonly (readonly number[])[]>;

function sequencesOf({ persons, joints, cases }: SelfTest): SkeletonSequence[] {
  return cases.map(({ frames, seconds }) => ({
    frames: frames.length,
    persons,
    joints: joints.length,
    positions: Float32Array.from(frames.flat(), (value) => value ?? Number.NaN),
    ...(seconds && { seconds: Float64Array.from(seconds) }),
  }));
}

const bytesOf = (path: string) => new Uint8Array(readFileSync(path));

/** The formats that run in Node, and C by a compiler. */
export const RUNS: Readonly<Record<string, Run>> = {
  '.anyrate': async (file, test) => {
    const model = await load(bytesOf(file('.anyrate')));
    const view = model.view(model.rate);
    return sequencesOf(test).map((sequence) => view.predict(sequence).scores);
  },
  JavaScript: async (file, test) => {
    const { predict } = await import(/* @vite-ignore */ pathToFileURL(file('.js')).href);
    return sequencesOf(test).map((sequence) => predict(sequence).scores);
  },
  ONNX: async (file, test) => {
    const session = await InferenceSession.create(bytesOf(file('.onnx')));
    const answers: number[][] = [];
    for (const { frames, persons, joints, positions } of sequencesOf(test)) {
      const input = new Tensor('float32', positions, [1, frames, persons, joints, 3]);
      const { probabilities } = await session.run({ positions: input });
      answers.push([...(probabilities.data as Float32Array)]);
    }
    return answers;
  },
  WebAssembly: async (file, test) => {
    const module = await WebAssembly.compile(bytesOf(file('.wasm')));
    const { exports } = await WebAssembly.instantiate(module);
    const { memory, input, predict, probabilities } = exports as unknown as {
      readonly memory: WebAssembly.Memory;
      readonly input: (frames: number) => number;
      readonly predict: (frames: number) => number;
      readonly probabilities: () => number;
    };
    return sequencesOf(test).map(({ frames, positions }) => {
      new Float32Array(memory.buffer, input(frames), positions.length).set(positions);
      predict(frames);
      return [...new Float64Array(memory.buffer, probabilities(), test.classes.length)];
    });
  },
  safetensors: async (file, test) => {
    const { model } = importSafetensors(bytesOf(file('.safetensors')), 'file');
    const answer = createPredictor(model);
    return sequencesOf(test).map((sequence) => [...answer(sequence).scores]);
  },
  C: async (file, test) => {
    const folder = join(file('.json'), '..');
    writeFileSync(join(folder, 'main.c'), mainOf(test));
    const flags = ['-std=c99', '-O2', '-Wall', '-Wextra', '-Werror', 'main.c', 'movements.c', '-lm', '-o', 'main'];
    execFileSync('gcc', flags, { cwd: folder });
    const lines = execFileSync(join(folder, 'main'), { encoding: 'utf8' }).trim().split('\n');
    return lines.map((line) => line.split(' ').map(Number));
  },
};

/** A program that prints the probabilities of each case in a line. */
function mainOf(test: SelfTest): string {
  const cases = sequencesOf(test).map(({ positions }, i) => {
    const numbers = Array.from(positions, (value) => (Number.isNaN(value) ? 'NAN' : `${value.toExponential(9)}f`));
    return `static const float case${i}[] = {${numbers.join(',')}};`;
  });
  const calls = test.cases.map(({ frames }, i) => `  answer(case${i}, ${frames.length});`);
  return `#include "movements.h"
#include <math.h>
#include <stdio.h>
${cases.join('\n')}
static void answer(const float *frames, int n) {
  float probabilities[MOVEMENTS_CLASSES];
  movements_predict(frames, n, probabilities);
  for (int i = 0; i < MOVEMENTS_CLASSES; i++) printf(i ? " %.9g" : "%.9g", probabilities[i]);
  puts("");
}
int main(void) {
${calls.join('\n')}
  return 0;
}
`;
}

/** What a page of one file shows of the recording that is in it, the first of the project: the class, and percents. */
export async function showPage(browser: Browser, path: string): Promise<{ name: string; percents: number[] }> {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path).href);
  const name = (await page.locator('#scores li.answer span').textContent())!;
  const percents = (await page.locator('#scores output').allTextContents()).map(Number.parseFloat);
  await context.close();
  return { name, percents };
}
