import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { built } from './support/built.js';

/**
 * Bytes, minified, that a page loads before it can call a function of `anyrate`: at most so many thousands. What is
 * imported when it is needed (parquet, patterns of file names) comes later, and not to everybody.
 */
const MOST_KB = {
  selectSplit: 22,
  Pipeline: 25,
  checkLayout: 45,
  parseSequence: 60,
  // These carry schemas of files and the layers that they describe.
  parseRecipe: 95,
  decodeModel: 105,
  // These carry the kernels, 60 kB in base64.
  evaluate: 155,
  createTraining: 230,
  // And this all that programs in C (over time and in whole numbers, too), JavaScript, WebAssembly and pages are made of.
  exportModel: 475,
};

async function initialBytes(name: string): Promise<number> {
  const entry = fileURLToPath(built('index.js'));
  const { metafile } = await build({
    stdin: { contents: `export { ${name} } from ${JSON.stringify(entry)};`, sourcefile: 'entry', resolveDir: '.' },
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
  const { outputs } = metafile;
  const seen = new Set<string>();
  const visit = (path: string): number => {
    if (seen.has(path)) return 0;
    seen.add(path);
    const loaded = outputs[path].imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
    return loaded.reduce((sum, one) => sum + visit(one.path), outputs[path].bytes);
  };
  return visit(Object.keys(outputs).find((path) => ['entry', '<stdin>'].includes(outputs[path].entryPoint ?? ''))!);
}

test.each(Object.entries(MOST_KB))('importing %s alone loads at most %i kB', async (name, most) => {
  const bytes = await initialBytes(name);
  expect(bytes).toBeLessThanOrEqual(most * 1000);
  expect(bytes).toBeGreaterThan(most * 300); // a bound that means something
});
