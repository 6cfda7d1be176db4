import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InferenceSession } from 'onnxruntime-web';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseSequenceJson } from '../src/data/sequence-json.js';
import type { SkeletonSequence } from '../src/runtime/skeleton/sequence.js';
import { launchChromium } from './support/chromium.js';
import { anyrate, makePlayground, write } from './support/cli.js';
import { runSequences } from './support/onnx.js';
import { testWith } from './support/tools.js';

const root = makePlayground();
afterAll(() => rmSync(root, { recursive: true }));

/** What `anyrate predict` says of the recording at rate .5: the likeliest class, and the probability of each. */
interface Answer {
  readonly name: string;
  readonly scores: readonly number[];
}

let expected: Answer;
let classes: readonly string[];
let recording: SkeletonSequence;
beforeAll(() => {
  run('train', 'tiny.json', '--epochs', '40', '--out', 'run');
  // Exported modules end in .js, as in a package of such.
  write(root, 'package.json', '{ "type": "module" }');
  recording = parseSequenceJson(read('run/example.json'), 'example', { persons: 1, joints: 25 });
  ({ classes, ...expected } = predict('run', '--rate', '.5'));
  expect(Math.max(...expected.scores)).toBeGreaterThan(0.2);
});

test('.js: node runs the lines of its docs on it, and its types fit them', () => {
  exportTo('gestures.js');
  const code = `${documented('export-programs.md', 'js', 0)}
console.log(JSON.stringify({ name, probability, classes, scores: predict({ frames, persons: 1, joints: 25, positions }).scores }));`;
  const { probability, classes: named, ...answer } = runNode(code);
  expectAnswer(answer);
  expect([named, probability]).toEqual([classes, Math.max(...answer.scores)]);
  const options = {
    noEmit: true,
    strict: true,
    lib: ['lib.es5.d.ts'],
    types: [],
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
  };
  const typed = `declare const frames: number, positions: Float32Array;\n${documented('export-programs.md', 'js', 0)}
export const both: [string, number] = [name, probability];`;
  const program = ts.createProgram([write(root, 'typed.ts', typed)], options);
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
});

test('.d.ts: the name of the types is as good as that of the module', () => {
  exportTo('typed-first.d.ts');
  expect(read('typed-first.js')).toContain('predict');
  expect(read('typed-first.d.ts')).toContain('predict');
});

test('.wasm: the loader of its docs runs it', () => {
  exportTo('gestures.wasm');
  const code = `globalThis.fetch = async (file) =>
  new Response(readFileSync(file), { headers: { 'content-type': 'application/wasm' } });
${documented('export-programs.md', 'js', 1)}
const name = classify(frames, positions);
const own = new WebAssembly.Instance(module).exports;
new Float32Array(own.memory.buffer, own.input(frames), positions.length).set(positions);
own.predict(frames);
const scores = [...new Float64Array(own.memory.buffer, own.probabilities(), classes.length)];
console.log(JSON.stringify({ name, scores }));`;
  expectAnswer(runNode(code));
});

testWith('gcc', '.c and .h: gcc compiles them without a warning, and the lines of their docs run', () => {
  exportTo('gestures.c');
  const [include, ...lines] = documented('export-programs.md', 'c', 0).split('\n');
  const main = `#include <stdio.h>
${include}
static float frames[1 << 16];
int main(void)
{
  int i, count = 0, n_frames;
  while (scanf("%f", &frames[count]) == 1) count++;
  n_frames = count / (3 * GESTURES_PERSONS * GESTURES_JOINTS);
${lines.join('\n')}
  for (i = 0; i < GESTURES_CLASSES; i++) printf("%.9g\\n", probabilities[i]);
  return 0;
}
`;
  write(root, 'main.c', main);
  const flags = ['-Wall', '-Wextra', '-Werror', '-O1', 'main.c', 'gestures.c', '-lm', '-o', 'gestures'];
  execFileSync('gcc', flags, { cwd: root });
  const output = execFileSync(join(root, 'gestures'), { input: recording.positions.join(' '), encoding: 'utf8' });
  const [name, ...scores] = output.trim().split('\n');
  expectAnswer({ name, scores: scores.map(Number) });
});

test('.onnx: ONNX Runtime runs it', async () => {
  exportTo('gestures.onnx', '--compact');
  const session = await InferenceSession.create(readFileSync(join(root, 'gestures.onnx')));
  const { probabilities } = await runSequences(session, [recording]);
  const best = probabilities.indexOf(Math.max(...probabilities));
  expectAnswer({ name: classes[best], scores: [...probabilities] });
});

testWith('Chromium', '.html: Chromium shows the answer about the recording in it, offline', async () => {
  exportTo('gestures.html', '--recording', 'run/example.json');
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext({ offline: true })).newPage();
    await page.goto(String(pathToFileURL(join(root, 'gestures.html'))));
    const percents = await page.locator('#scores output').allTextContents();
    expect(await page.locator('#scores li.answer span').textContent()).toBe(expected.name);
    for (const [label, percent] of percents.entries()) {
      expect(Math.abs(Number.parseFloat(percent) - 100 * expected.scores[label])).toBeLessThan(0.06);
    }
    expect(percents).toHaveLength(classes.length);
  } finally {
    await browser.close();
  }
});

test('.safetensors: anyrate import makes a model of it, and of what that is exported to', () => {
  exportTo('gestures.safetensors');
  const imported = JSON.parse(run('import', 'gestures.safetensors', '-o', 'back.anyrate', '--json'));
  const { length: bytes } = readFileSync(join(root, 'back.anyrate'));
  const sizes = { tensors: 7, weights: 1549, nonzeros: 775, rate: 1 - 775 / 1549, bytes };
  expect(imported).toEqual({ file: 'back.anyrate', ...sizes, rounding: 0 });
  expectAnswer(predict('back.anyrate'));
  expect(run('eval', 'back.anyrate', '--data', 'data')).toContain('which sequences they were trained on');
  run('export', 'back.anyrate', '-o', 'again.safetensors');
  const table = run('import', 'again.safetensors', '--like', 'run', '-o', 'beside.anyrate');
  expect(table).toMatch(/\| +7 \| +1,549 \| +775 \| 0\.499677 \|/);
  expectAnswer(predict('beside.anyrate'));
});

function run(...args: readonly string[]): string {
  const { code, stdout, stderr } = anyrate(root, ...args);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function exportTo(file: string, ...flags: readonly string[]): void {
  run('export', 'run', '--rate', '.5', '-o', file, ...flags);
}

function predict(model: string, ...flags: readonly string[]) {
  const [answer] = JSON.parse(run('predict', model, 'run/example.json', '--top', '99', '--json', ...flags));
  const predictions: { label: number; name: string; probability: number }[] = answer.predictions;
  const byLabel = predictions.toSorted((a, b) => a.label - b.label);
  const scores = byLabel.map(({ probability }) => probability);
  return { name: predictions[0].name, scores, classes: byLabel.map(({ name }) => name) };
}

function expectAnswer({ name, scores }: Answer): void {
  expect(name).toBe(expected.name);
  expect(scores).toHaveLength(classes.length);
  for (const [label, score] of scores.entries()) expect(Math.abs(score - expected.scores[label])).toBeLessThan(1e-5);
}

/** Block number `index` of a language in a document. */
function documented(document: string, language: string, index: number): string {
  const text = readFileSync(new URL(`../docs/${document}`, import.meta.url), 'utf8');
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))][index][1];
}

/** Runs a module that finds the recording's `frames` and `positions`, and parses the JSON that it prints. */
function runNode(code: string) {
  const prelude = `import { readFileSync } from 'node:fs';
const recorded = JSON.parse(readFileSync('run/example.json', 'utf8')).frames;
const [frames, positions] = [recorded.length, Float32Array.from(recorded.flat(2))];
`;
  write(root, 'use.js', prelude + code);
  return JSON.parse(execFileSync(process.execPath, ['use.js'], { cwd: root, encoding: 'utf8' }));
}
