import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeSafetensors } from '../src/export/safetensors/safetensors.js';
import { loadModel } from '../src/run/node/load-model.js';
import { built } from './support/built.js';
import { anyrate, anyrateAlone, filesBelow, makePlayground, write } from './support/cli.js';

const root = makePlayground();
beforeAll(() => expect(anyrate(root, 'train', 'tiny.json', '--out', 'run').code).toBe(0), 60_000);
afterAll(() => rmSync(root, { recursive: true }));

/** A toy method, which trains half as long, and a toy criterion, which keeps the smallest weights. */
const PLUGIN = `
export default function ({ registerMethod, registerCriterion, trainOne }) {
  registerMethod({
    name: 'hasty',
    title: 'Hasty',
    description: 'as mrmp, for half of the epochs',
    perRate: false,
    async *train(lab) {
      const { recipe } = lab;
      const epochs = Math.ceil(recipe.training.epochs / 2);
      yield trainOne(lab, { ...recipe, training: { ...recipe.training, epochs } });
    },
  });
  registerCriterion({
    name: 'smallest',
    description: 'the smaller, the better',
    scores: ({ parameters }) => parameters.latents.map((tensor) => tensor.map((latent) => 1 / Math.abs(latent))),
  });
}`;
write(root, 'mine.mjs', PLUGIN);
write(root, 'twice.mjs', PLUGIN.replace("'hasty'", "'mrmp'"));
write(root, 'idle.mjs', PLUGIN.replace('export default', 'export const ignored ='));
write(root, 'thing.mjs', 'export default { name: "hasty" };');
write(root, 'broken.mjs', 'export default () => { throw new Error("no such luck"); };');

test('a method of a plugin is compared, listed, and suggested', () => {
  const args = ['tiny.json', '--methods', 'mrmp,hasty', '--seeds', '1', '--rates', '0,.9', '--out', 'compared'];
  const { code, stderr } = anyrateAlone(root, 'compare', ...args, '--plugin', 'mine.mjs');
  expect(stderr).not.toMatch(/error/);
  expect(code).toBe(0);
  const report = readFileSync(join(root, 'compared/report.md'), 'utf8');
  expect(report).toMatch(/Hasty/);
  expect(report).toContain('--rates 0,0.9 --seeds 1 --plugin path/to/mine.mjs`');
  expect(anyrateAlone(root, '--plugin', 'mine.mjs', 'compare', '--help').stdout).toMatch(/hasty +as mrmp/);
  expect(anyrateAlone(root, 'compare', 'tiny.json', '--methods', 'hasty').code).toBe(2);
  expect(anyrateAlone(root, '--plugin=mine.mjs', 'compare', '--methods', 'hast').stderr).toMatch(
    /--methods: .* Did you mean "hasty"\?/,
  );
}, 60_000);

test('a criterion of a plugin cuts', () => {
  const cut = (criterion: string, file: string) =>
    anyrateAlone(root, 'cut', 'run', '--rate', '.9', '--criterion', criterion, '-o', file, '--plugin', 'mine.mjs');
  expect(cut('magnitude', 'greatest.anyrate').code).toBe(0);
  expect(cut('smallest', 'smallest.anyrate').code).toBe(0);
  const kept = (file: string) =>
    loadModel(join(root, file)).parameters.latents.flatMap((tensor) =>
      Array.from(tensor, Math.abs).filter((latent) => latent > 0),
    );
  const [greatest, smallest] = [kept('greatest.anyrate'), kept('smallest.anyrate')];
  expect(smallest).toHaveLength(greatest.length);
  expect(Math.max(...smallest)).toBeLessThan(Math.min(...greatest));
  const { code, stderr } = cut('smalest', 'other.anyrate');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: --criterion: .*Did you mean "smallest"\?/);
}, 60_000);

const FAILING = `
export default function ({ registerMethod, registerCriterion, registerExporter }) {
  const description = 'of tests';
  const fail = () => {
    throw new TypeError('no such luck');
  };
  registerMethod({ name: 'failing', title: 'Failing', description, perRate: false, train: async function* () { fail(); } });
  registerCriterion({ name: 'failing', description, scores: fail });
  registerExporter({ name: 'failing', description, extensions: ['.failing'], options: [], write: fail });
  const write = () => ({ files: 'text', nonzeros: 0, macs: 0 });
  registerExporter({ name: 'text', description, extensions: ['.text'], options: [], write });
}`;
write(root, 'failing.mjs', FAILING);

test.each<[string, RegExp, ...string[]]>([
  [
    'a method',
    /^error: method failing: .* TypeError: no such luck \(.*failing\.mjs:5:\d+\)\. Fix/,
    'compare',
    'tiny.json',
    '--methods',
    'failing',
    '--seeds',
    '1',
    '--rates',
    '.9',
    '--out',
    'failed',
  ],
  [
    'a criterion',
    /^error: criterion failing: .* TypeError: no such luck/,
    'cut',
    'run',
    '--rate',
    '.9',
    '--criterion',
    'failing',
    '-o',
    'failed.anyrate',
  ],
  ['an exporter', /^error: format failing: .* TypeError: no such luck/, 'export', 'run', '-o', 'failed.failing'],
  [
    'an exporter of another thing',
    /^error: format text, files: expected a list of Uint8Array, found string/,
    'export',
    'run',
    '-o',
    'failed.text',
  ],
])(
  '%s that fails is named in one line, and nothing is written',
  (_, message, ...args) => {
    const { code, stderr } = anyrateAlone(root, ...args, '--plugin', 'failing.mjs');
    expect(stderr.trim().split('\n').at(-1)).toMatch(message);
    expect(stderr).not.toMatch(/bug in anyrate/);
    expect(code).toBe(2);
    expect(filesBelow(root).filter((path) => /^failed(\.|.*json$)/.test(path))).toEqual([]);
  },
  60_000,
);

test.each([
  [
    'idle.mjs',
    /idle\.mjs: .* found one that registers nothing, and whose default export is no function\. Write: export/,
  ],
  ['thing.mjs', /thing\.mjs: .* found one that registers nothing/],
  ['twice.mjs', /"mrmp" again/],
  ['broken.mjs', /broken\.mjs: .* found one that fails: Error: no such luck\. Fix the plugin\./],
  ['absent.mjs', /absent\.mjs: .* found no such file\. Check the path of --plugin\./],
])('%s is refused in one line', (file, message) => {
  const { code, stderr } = anyrate(root, 'recipe', 'list', '--plugin', file);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('a plugin without a default export may register something as it is loaded', () => {
  const exporter = "{ name: 'alone', extensions: ['.alone'], description: 'of tests', options: [], write: () => {} }";
  const { href } = built('node.js');
  write(root, 'alone.mjs', `import { registerExporter } from '${href}';\nregisterExporter(${exporter});`);
  expect(anyrateAlone(root, 'export', '--help', '--plugin', 'alone.mjs').stdout).toMatch(/alone +of tests \(\.alone\)/);
});

/** The plugin that a document shows, as a file of the playground. */
function pluginOf(document: string): string {
  const text = readFileSync(new URL(`../${document}`, import.meta.url), 'utf8');
  const [, code] = /```js\n(export default function .*?)```/s.exec(text) ?? [];
  const name = document.replaceAll(/\W/g, '-').concat('.mjs');
  write(root, name, code);
  return name;
}

test('the exporter of docs/export.md writes each weight of the cut, as safetensors has it', () => {
  const args = ['export', 'run', '--rate', '.5', '--plugin', pluginOf('docs/export.md')];
  const { code, stdout, stderr } = anyrateAlone(root, ...args, '-o', 'weights.csv', '--json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(anyrateAlone(root, ...args, '-o', 'weights.safetensors').code).toBe(0);
  const [header, ...rows] = readFileSync(join(root, 'weights.csv'), 'utf8').split('\n');
  expect(header).toBe('tensor,row,column,weight');
  expect(rows).toHaveLength(JSON.parse(stdout).nonzeros);
  const { tensors } = decodeSafetensors(readFileSync(join(root, 'weights.safetensors')), 'weights');
  const weights = [...tensors.entries()]
    .filter(([name]) => !/^features|bias$/.test(name))
    .flatMap(([, { bytes }]) => [...new Float32Array(Uint8Array.from(bytes).buffer)].filter((value) => value !== 0));
  expect(rows.map((row) => Number(row.split(',')[3])).sort()).toEqual(weights.sort());
});

test('the method and the criterion of docs/compare.md, and the criterion of CONTRIBUTING.md, work', () => {
  const args = ['tiny.json', '--methods', 'gainless', '--seeds', '1', '--rates', '.9', '--out', 'gainless'];
  expect(anyrateAlone(root, 'compare', ...args, '--plugin', pluginOf('docs/compare.md')).code).toBe(0);
  const cut = ['cut', 'run', '--rate', '.9', '-o', 'cut.anyrate'];
  expect(anyrateAlone(root, ...cut, '--criterion', 'smallest', '--plugin', pluginOf('docs/compare.md')).code).toBe(0);
  expect(anyrateAlone(root, ...cut, '--criterion', 'first', '--plugin', pluginOf('CONTRIBUTING.md')).code).toBe(0);
}, 60_000);
