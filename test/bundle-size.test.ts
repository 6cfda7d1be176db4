import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { type Rolldown, build as vite } from 'vite';
import { afterAll, expect, test } from 'vitest';
import { built } from './support/built.js';

/** Bytes that one chunk has, and the chunks that it loads at once. */
interface Chunk {
  readonly bytes: number;
  readonly imports: readonly string[];
}

/**
 * Bytes, minified, that a page loads before it can call a function of `anyrate`, as Vite builds it: at most so many
 * thousands. What is imported when it is needed (formats of recordings and exports, patterns of file names) comes later, and
 * not to everybody.
 */
const MOST_KB = {
  takeCheckpoint: 4,
  selectSplit: 4.5,
  Pipeline: 7.5,
  readFolder: 11,
  modelSize: 12.5,
  exportModel: 13.5,
  decodeCheckpoint: 13,
  checkDataset: 14.5,
  layoutNamed: 13.5,
  Model: 17,
  quantise: 19,
  dropDead: 21.5,
  checkLayout: 24.5,
  // This carries schemas, 7 kB of them the checks that all schemas are made of.
  parseRecipe: 25,
  readSequence: 28.5,
  // This carries what writes a file, for cuts to a number of bytes.
  cut: 31.5,
  automaticRecipe: 32.5,
  methods: 32.5,
  // These carry schemas of files, and all layouts.
  encodeModel: 36.5,
  decodeAnyset: 41,
  packAnyset: 41.5,
  // These carry layers, and the kernels that answers need, 8 kB in base64, since they answer at once.
  evaluate: 47,
  predict: 47.5,
  parseSequence: 56.5,
  // This carries schemas of files, all layouts, and what reads and checks the numbers.
  decodeModel: 57.5,
  // A report answers, and writes files to see how many bytes they take. Only what trains may load more than this.
  createReport: 60,
  // This carries schemas of what a file says of a model, and all layouts.
  importSafetensors: 60,
  // A training has all kernels, 60 kB in base64.
  createTraining: 219.5,
  searchRecipe: 236,
};

/** esbuild, where it splits, loads first whatever any later chunk shares with some other public function. */
const MOST_KB_OF_ESBUILD = { exportModel: 121, createTraining: 290 };

const folder = mkdtempSync(join(tmpdir(), 'anyrate-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A module that imports one function alone. */
function entryOf(name: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, `export { ${name} } from ${JSON.stringify(fileURLToPath(built('index.js')))};\n`);
  return path;
}

/** Bytes of a chunk and of all that it loads at once, each once. */
function initialBytes(chunks: ReadonlyMap<string, Chunk>, entry: string): number {
  const seen = new Set<string>();
  const visit = (path: string): number => {
    const chunk = chunks.get(path);
    if (chunk === undefined || seen.has(path)) return 0;
    seen.add(path);
    return chunk.imports.reduce((sum, one) => sum + visit(one), chunk.bytes);
  };
  return visit(entry);
}

async function byVite(name: string): Promise<number> {
  const input = entryOf(name);
  const rolldownOptions = { input, external: ['hyparquet'], preserveEntrySignatures: 'strict' as const };
  const built = await vite({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: true, modulePreload: false, target: 'es2022', rolldownOptions },
  });
  const chunks = (built as Rolldown.RolldownOutput).output.filter((one) => one.type === 'chunk');
  const { fileName } = chunks.find(({ isEntry }) => isEntry)!;
  const sizes = chunks.map(({ fileName, code, imports }): [string, Chunk] => [
    fileName,
    { bytes: Buffer.byteLength(code), imports },
  ]);
  return initialBytes(new Map(sizes), fileName);
}

async function byEsbuild(name: string): Promise<number> {
  const { metafile } = await esbuild({
    entryPoints: [entryOf(name)],
    outdir: 'unwritten',
    write: false,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    external: ['hyparquet'],
  });
  const outputs = Object.entries(metafile.outputs);
  const sizes = outputs.map(([path, { bytes, imports }]): [string, Chunk] => {
    const loaded = imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
    return [path, { bytes, imports: loaded.map((one) => one.path) }];
  });
  const [entry] = outputs.find(([, { entryPoint }]) => entryPoint?.endsWith(`/${name}.mjs`))!;
  return initialBytes(new Map(sizes), entry);
}

test.each(Object.entries(MOST_KB))('importing %s alone loads at most %s kB', async (name, most) => {
  const bytes = await byVite(name);
  expect(bytes).toBeLessThanOrEqual(most * 1000);
  expect(bytes).toBeGreaterThan(most * 800); // a bound that means something
});

test.each(Object.entries(MOST_KB_OF_ESBUILD))(
  'importing %s alone loads at most %i kB, by esbuild',
  async (name, most) => {
    expect(await byEsbuild(name)).toBeLessThanOrEqual(most * 1000);
  },
);
