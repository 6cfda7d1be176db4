// The programs of bench/, scripts/ and examples/ import what the built package has: no name of it is renamed or moved under them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { built } from './support/built.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
built('node.js');

test('every name that a program imports of the build is there', async () => {
  const entryPoints = ['bench', 'scripts', 'examples'].flatMap((folder) => {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    return files
      .filter((path) => path.endsWith('.js') && !path.includes('node_modules'))
      .map((path) => join(folder, path))
      .filter((path) => !readFileSync(join(ROOT, path), 'utf8').includes('import(`')); // found as it runs
  });
  expect(entryPoints.length).toBeGreaterThan(40);
  const options = { absWorkingDir: ROOT, bundle: true, write: false, format: 'esm', platform: 'node' } as const;
  const { errors } = await build({
    ...options,
    entryPoints,
    packages: 'external',
    outdir: 'out',
    logLevel: 'silent',
  }).catch((failure: { errors: readonly { text: string }[] }) => failure);
  expect(errors.map(({ text }) => text)).toEqual([]);
});
