import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { afterAll, expect, test } from 'vitest';
import { VERSION } from '../src/core/version.js';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const elsewhere = mkdtempSync(join(tmpdir(), 'anyrate-package-'));
afterAll(() => rmSync(elsewhere, { recursive: true }));

/** The packages of the repository, by folder. */
const FOLDERS = ['.', 'data', 'packages/runtime', 'studio'];

test('the version is that of package.json', () => {
  expect(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version).toBe(VERSION);
});

/** Where each package of the repository is packed. */
const packed = new Map<string, string>();

function pack(folder: string): string {
  const known = packed.get(folder);
  if (known !== undefined) return known;
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', elsewhere];
  const [{ filename }] = JSON.parse(execFileSync('npm', args, { cwd: join(PACKAGE, folder), encoding: 'utf8' }));
  packed.set(folder, join(elsewhere, filename));
  return join(elsewhere, filename);
}

/** Packs a package of the repository and unpacks it as another project would have it installed. */
function install(folder: string, name: string): void {
  const target = join(elsewhere, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['xzf', pack(folder), '-C', target, '--strip-components=1']);
}

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: elsewhere, encoding: 'utf8' });
}

test('packed and installed elsewhere, the command line finds its recipes, and its data where they are installed too', () => {
  install('.', 'anyrate');
  for (const name of [...Object.keys(dependencies()), '@types/node']) {
    const link = join(elsewhere, 'node_modules', name);
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(join(PACKAGE, 'node_modules', name), link);
  }
  const anyrate = (...args: string[]) => run('node_modules/anyrate/dist/cli/main.js', ...args);
  expect(anyrate('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: anyrate') });
  expect(anyrate('recipe', 'list').stdout).toContain('paper-fpha');
  const without = anyrate('data', 'info', 'irds');
  expect(without).toMatchObject({ status: 2, stderr: expect.stringContaining('npm install anyrate-data') });
  install('data', 'anyrate-data');
  expect(anyrate('data', 'info', 'irds')).toMatchObject({ status: 0, stdout: expect.stringContaining('2577') });
  expect(runtimeNames('anyrate/runtime')).toBe('FormatError,Recognizer,RuntimeModel,grow,load');
}, 120_000);

test('the runtime alone is a package of its own without dependencies', () => {
  install('packages/runtime', 'anyrate-runtime');
  const { dependencies = {} } = JSON.parse(readFileSync(join(PACKAGE, 'packages/runtime/package.json'), 'utf8'));
  expect(dependencies).toEqual({});
  expect(runtimeNames('anyrate-runtime')).toBe('FormatError,Recognizer,RuntimeModel,grow,load');
}, 120_000);

function runtimeNames(name: string): string {
  return run('-e', `import('${name}').then((all) => console.log(Object.keys(all).join()))`).stdout.trim();
}

/** What the compiler finds wrong in the declarations of packages, installed elsewhere, that a file imports by name. */
function typeErrors(specifiers: readonly string[], types: readonly string[]): string {
  const use = specifiers.map((name, i) => `export * as door${i} from '${name}';`).join('\n');
  writeFileSync(join(elsewhere, 'use.mts'), use);
  const target = { target: 'ES2022', lib: ['ES2022'], module: 'NodeNext', moduleResolution: 'NodeNext', types };
  const compilerOptions = { ...target, strict: true, skipLibCheck: false, noEmit: true };
  writeFileSync(join(elsewhere, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.mts'] }));
  return run(join(PACKAGE, 'node_modules/typescript/bin/tsc'), '-p', '.').stdout;
}

test('types check without the DOM library, and those of the runtime without those of Node too', () => {
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
  for (const folder of FOLDERS) {
    const tarball = Uint8Array.from(readFileSync(pack(folder))).buffer;
    const { messages } = await publint({ pack: { tarball }, strict: true });
    expect({ folder, messages }).toEqual({ folder, messages: [] });
  }
}, 120_000);

test('all packages of the repository have one version', () => {
  const versions = FOLDERS.map(
    (folder) => JSON.parse(readFileSync(join(PACKAGE, folder, 'package.json'), 'utf8')).version,
  );
  expect(new Set(versions).size).toBe(1);
});

function dependencies(): Record<string, string> {
  return JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).dependencies;
}
