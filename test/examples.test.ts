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

test('2-stream knows most movements, and nothing where nobody is seen', () => {
  const text = run('2-stream.js').join('\n');
  const parts = text.split('-- ').slice(1);
  expect(parts).toHaveLength(9);
  for (const part of parts) expect(part).toMatch(/: nothing\s*$/);
  const known = parts.filter((part) => part.split('\n')[1].endsWith(`: ${part.split('\n')[0]}`));
  expect(known.length).toBeGreaterThanOrEqual(7);
});

test('the network of the examples is as accurate as the README says of its recipe, at every size', async () => {
  const model = loadModel(`${EXAMPLES}irds.anyrate`);
  const dataset = await loadDataset('irds');
  const sequences = labelledSequences(model, dataset, selectSplit(dataset).test);
  const accuracies = evaluate(model, sequences, [0, 0.9, 0.98]).map(({ accuracy }) => accuracy);
  for (const accuracy of accuracies) expect(accuracy).toBeGreaterThan(0.91);
});
