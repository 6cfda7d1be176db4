import { execSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { VERSION } from '../src/core/version.js';
import { elsewhere, FOLDERS, PACKAGE } from './support/pack.js';

const { folder, install, installAnyrate, run } = elsewhere();
afterAll(() => rmSync(folder, { recursive: true }));

test('the version is that of package.json', () => {
  expect(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version).toBe(VERSION);
});

test('npx in a clone takes the command that is built, and builds nothing', () => {
  const command = join(PACKAGE, 'dist/cli/main.js');
  const before = statSync(command).mtimeMs;
  const { scripts } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const env = { ...process.env, npm_command: 'exec' };
  execSync(scripts.prepare, { cwd: PACKAGE, env, stdio: 'ignore' });
  expect(statSync(command).mtimeMs).toBe(before);
});

test('packed and installed elsewhere, the command line finds its recipes, and its data where they are installed too', () => {
  installAnyrate();
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
  const versions = FOLDERS.map((one) => JSON.parse(readFileSync(join(PACKAGE, one, 'package.json'), 'utf8')).version);
  expect(new Set(versions).size).toBe(1);
});
