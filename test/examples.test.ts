import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { evaluate, labelledSequences, loadDataset, loadModel, selectSplit } from '../src/node.js';
import { RuntimeModel } from '../src/runtime.js';

const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url));

function run(name: string): string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [EXAMPLES + name], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trim().split('\n');
}

test('1-predict knows the movement at every size', () => {
  const [recorded, ...answers] = run('1-predict.js');
  const [, name] = /^recorded: (.+)$/.exec(recorded)!;
  const all = new RuntimeModel(readFileSync(`${EXAMPLES}irds.anyrate`)).view().nonzeros;
  expect(answers.map((line) => line.split(', ')[0])).toEqual(
    [all, 11_373, 2_275].map((weights) => `${weights} weights: ${name}`),
  );
});

test('4-own-recordings makes a network of kilobytes that knows hands', () => {
  const lines = run('4-own-recordings.js');
  expect(lines[0]).toMatch(/^300 recordings of close, open, pointer, joints of mediapipe-hand$/);
  const shares = lines.slice(1, 4).map((line) => Number(/in (\d+) % of 75/.exec(line)?.[1]));
  for (const share of shares) expect(share).toBeGreaterThan(85);
  expect(lines.slice(5).map((line) => /where (\w+) is shown/.exec(line)?.[1])).toEqual(['close', 'open', 'pointer']);
}, 120_000);

test('2-stream knows most movements, and nothing where nobody is seen', () => {
  const text = run('2-stream.js').join('\n');
  const parts = text.split('-- ').slice(1);
  expect(parts).toHaveLength(9);
  for (const part of parts) expect(part).toMatch(/: nothing\s*$/);
  const known = parts.filter((part) => part.split('\n')[1].endsWith(`: ${part.split('\n')[0]}`));
  expect(known.length).toBeGreaterThanOrEqual(7);
});

test('the network of the examples is as accurate as docs/results.md says of its recipe, within two deviations, at every rate', async () => {
  const model = loadModel(`${EXAMPLES}irds.anyrate`);
  const dataset = await loadDataset('irds');
  const sequences = labelledSequences(model, dataset, selectSplit(dataset).test);
  const results = readFileSync(new URL('../docs/results.md', import.meta.url), 'utf8');
  const stated = [...results.matchAll(/^\| ([\d.]+) \|.*\| ([\d.]+) ± ([\d.]+) % \|$/gm)].map((row) =>
    row.slice(1).map(Number),
  );
  expect(stated.map(([rate]) => rate)).toEqual([0, 0.5, 0.9, 0.95, 0.98, 0.99, 0.995]);
  const found = evaluate(
    model,
    sequences,
    stated.map(([rate]) => rate),
  );
  for (const [i, [, mean, deviation]] of stated.entries()) {
    expect(Math.abs(100 * found[i].accuracy - mean)).toBeLessThan(2 * deviation);
  }
});
