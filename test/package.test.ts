import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { VERSION } from '../src/core/version.js';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const elsewhere = mkdtempSync(join(tmpdir(), 'anyrate-package-'));
afterAll(() => rmSync(elsewhere, { recursive: true }));

test('the version is that of package.json', () => {
  expect(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version).toBe(VERSION);
});

/** Packs a package of the repository and unpacks it as another project would have it installed. */
function install(folder: string, name: string): void {
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', elsewhere];
  const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: join(PACKAGE, folder), encoding: 'utf8' }));
  const target = join(elsewhere, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['xzf', join(elsewhere, filename), '-C', target, '--strip-components=1']);
}

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: elsewhere, encoding: 'utf8' });
}

test('packed and installed elsewhere, the command line finds its recipes, and its data where they are installed too', () => {
  install('.', 'anyrate');
  for (const name of Object.keys(dependencies())) {
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

test('all packages of the repository have one version', () => {
  const versions = ['.', 'data', 'packages/runtime'].map(
    (folder) => JSON.parse(readFileSync(join(PACKAGE, folder, 'package.json'), 'utf8')).version,
  );
  expect(new Set(versions).size).toBe(1);
});

function dependencies(): Record<string, string> {
  return JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).dependencies;
}
