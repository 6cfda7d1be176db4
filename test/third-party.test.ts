import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { licencesOf, packagesIn } from '../scripts/third-party.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const bundle = (contents: string) =>
  build({ stdin: { contents, resolveDir: ROOT }, absWorkingDir: ROOT, bundle: true, write: false, metafile: true });

test('a bundle is shipped with the licences of all packages in it, and of no others', async () => {
  const contents = `import { strToU8 } from 'fflate'; import { h } from 'preact'; console.log(strToU8, h);`;
  const { metafile } = await bundle(contents);
  const packages = packagesIn(metafile);
  expect(packages).toEqual(['node_modules/fflate', 'node_modules/preact']);
  const text = licencesOf(packages, ROOT);
  expect(text).toMatch(
    /^## fflate [\d.]+ \(MIT\)\n\n[^#]*Arjun Barrett[^#]*^## preact [\d.]+ \(MIT\)\n\n[^#]*Jason Miller/m,
  );
});

test('a package without a text of its licence is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-licence-'));
  mkdirSync(join(folder, 'mute'));
  writeFileSync(join(folder, 'mute/package.json'), '{ "name": "mute", "version": "1.0.0", "license": "MIT" }');
  expect(() => licencesOf(['mute'], folder)).toThrow('mute 1.0.0 (MIT): expected its licence as a file, found none');
  rmSync(folder, { recursive: true });
});

test('both packages with WebAssembly ship the notice of what is compiled into it', () => {
  for (const one of ['package.json', 'packages/runtime/package.json']) {
    expect(JSON.parse(readFileSync(join(ROOT, one), 'utf8')).files).toContain('THIRD-PARTY.md');
  }
});
