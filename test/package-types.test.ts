import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, expect, test } from 'vitest';
import { elsewhere, FOLDERS, PACKAGE } from './support/pack.js';

const { folder, pack, install, installAnyrate, run } = elsewhere();
afterAll(() => rmSync(folder, { recursive: true }));

/** What the compiler finds wrong in the declarations of packages, installed elsewhere, that a file imports by name. */
function typeErrors(specifiers: readonly string[], types: readonly string[]): string {
  const use = specifiers.map((name, i) => `export * as door${i} from '${name}';`).join('\n');
  writeFileSync(join(folder, 'use.mts'), use);
  const target = { target: 'ES2022', lib: ['ES2022'], module: 'NodeNext', moduleResolution: 'NodeNext', types };
  const compilerOptions = { ...target, strict: true, skipLibCheck: false, noEmit: true };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.mts'] }));
  return run(join(PACKAGE, 'node_modules/typescript/bin/tsc'), '-p', '.').stdout;
}

test('types check without the DOM library, and those of the runtime without those of Node too', () => {
  installAnyrate();
  install('packages/runtime', 'anyrate-runtime');
  expect(typeErrors(['anyrate', 'anyrate/node', 'anyrate/browser'], ['node'])).toBe('');
  const errors = typeErrors(['anyrate/runtime', 'anyrate-runtime', 'anyrate/page'], []).trim().split('\n');
  expect(errors).toContainEqual(expect.stringContaining("Cannot find name 'HTMLElement'")); // the check can fail
  expect(errors.filter((line) => !line.includes('anyrate/dist/page/'))).toEqual([]);
}, 120_000);

test('declarations repeat nothing that is embedded in the code', () => {
  const all = readdirSync(join(PACKAGE, 'dist'), { recursive: true, encoding: 'utf8' });
  const declarations = all.filter((name) => name.endsWith('.d.ts'));
  const isEmbedding = (name: string) => /"[^"\n]{300,}"/.test(readFileSync(join(PACKAGE, 'dist', name), 'utf8'));
  expect(declarations.filter(isEmbedding)).toEqual([]);
});

test('publint finds nothing to say about the packages', async () => {
  for (const one of FOLDERS) {
    const tarball = Uint8Array.from(readFileSync(pack(one))).buffer;
    const { messages } = await publint({ pack: { tarball }, strict: true });
    expect({ one, messages }).toEqual({ one, messages: [] });
  }
}, 120_000);

test('"are the types wrong" finds nothing wrong with how the packages are resolved as modules', async () => {
  for (const one of FOLDERS) expect({ one, all: await resolutionProblems(one) }).toEqual({ one, all: [] });
}, 120_000);

/** In Node as modules, and in bundlers: the packages hold modules alone. */
async function resolutionProblems(one: string): Promise<string[]> {
  const contents = createPackageFromTarballData(readFileSync(pack(one)));
  const result = await checkPackage(contents, { excludeEntrypoints: ['./page.css'] });
  if (!result.types) return [];
  const problems = result.problems.filter(
    (problem) => !('resolutionKind' in problem) || ['node16-esm', 'bundler'].includes(problem.resolutionKind),
  );
  return problems.map((problem) => `${problem.kind}: ${'entrypoint' in problem ? problem.entrypoint : ''}`);
}
