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

test('packed and unpacked elsewhere, the command line finds its data and recipes', () => {
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', elsewhere];
  const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: PACKAGE, encoding: 'utf8' }));
  execFileSync('tar', ['xzf', join(elsewhere, filename), '-C', elsewhere]);
  const modules = join(elsewhere, 'node_modules');
  mkdirSync(modules);
  for (const name of Object.keys(dependencies())) {
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(join(PACKAGE, 'node_modules', name), join(modules, name));
  }
  const anyrate = (...args: string[]) =>
    spawnSync(process.execPath, ['package/dist/cli/main.js', ...args], { cwd: elsewhere, encoding: 'utf8' });
  expect(anyrate('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: anyrate') });
  expect(anyrate('data', 'list').stdout).toMatch(/^irds .*\nui-prmd /);
  expect(anyrate('recipe', 'list').stdout).toContain('paper-fpha');
  symlinkSync(join(elsewhere, 'package'), join(modules, 'anyrate'));
  const script = "import('anyrate/runtime').then((all) => console.log(Object.keys(all).join()))";
  const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: elsewhere, encoding: 'utf8' });
  expect(stdout.trim()).toBe('FormatError,Recognizer,RuntimeModel,grow,load');
}, 120_000);

function dependencies(): Record<string, string> {
  return JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).dependencies;
}
