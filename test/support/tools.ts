import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { chromiumPath } from '../../scripts/chromium.js';
import { postgresProgram } from './servers.js';

const CORTEX = 'arm-none-eabi-gcc and qemu-system-arm';

/**
 * What some tests need and not every machine has: a program, PyTorch, or a file of `../shared`, which lies beside the
 * repository on the project's own machines. Tests that miss it are skipped and counted: see skipped-reporter.ts.
 */
export type Tool =
  | 'Chromium'
  | 'bash'
  | 'fish'
  | 'zsh'
  | 'gcc'
  | typeof CORTEX
  | 'openssl'
  | 'python3'
  | 'PyTorch'
  | 'redis-server'
  | 'PostgreSQL'
  | 'tmpfs'
  | `../shared/${string}`;

/** Where CI is set in the environment, a machine without these fails the tests that need them. */
const REQUIRED: readonly Tool[] = ['Chromium', 'gcc', CORTEX, 'redis-server', 'PostgreSQL', 'zsh', 'fish'];

/** Runs Python so that OpenBLAS finds out the processor by itself. */
export function runPython(path: string, code: string, cwd?: string) {
  const { OPENBLAS_CORETYPE: _c, OPENBLAS_L2_SIZE: _s, ...env } = process.env;
  return spawnSync(path, ['-c', code], { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
}

/** A Python that has PyTorch: Debian's, else the first in the path. */
export function pytorchPath(): string | undefined {
  return ['/usr/bin/python3', 'python3'].find((path) => runPython(path, 'import torch').status === 0);
}

const root = new URL('../../', import.meta.url);

/** The path of a file of `../shared`. */
export function sharedPath(tool: `../shared/${string}`): string {
  return fileURLToPath(new URL(tool, root));
}

const found = new Map<Tool, boolean>();

function has(tool: Tool): boolean {
  const known = found.get(tool) ?? look(tool);
  found.set(tool, known);
  return known;
}

function look(tool: Tool): boolean {
  switch (tool) {
    case 'Chromium':
      return chromiumPath !== undefined;
    case 'PyTorch':
      return pytorchPath() !== undefined;
    case 'PostgreSQL':
      return postgresProgram('initdb') !== undefined;
    case 'tmpfs':
      return canMount();
    case 'bash':
    case 'fish':
    case 'gcc':
    case 'zsh':
    case 'openssl':
    case 'python3':
    case 'redis-server':
      return isThere(tool);
    case CORTEX:
      return CORTEX.split(' and ').every(isThere);
    default:
      return existsSync(sharedPath(tool));
  }
}

/** Makes a folder a small file system in memory, of `size` such as 300k, which takes rights that few have. */
export function mountTmpfs(folder: string, size: string): { mounted: boolean; unmount: () => void } {
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  return { mounted: status === 0, unmount: () => void spawnSync('umount', [folder]) };
}

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-mount-'));
  const { mounted, unmount } = mountTmpfs(folder, '64k');
  if (mounted) unmount();
  rmSync(folder, { recursive: true });
  return mounted;
}

function isThere(program: string): boolean {
  return spawnSync(program, [program === 'openssl' ? 'version' : '--version']).status === 0;
}

/** `describe` for tests that need a tool: without it they are skipped, or fail where it is required. */
export function describeWith(tool: Tool, title: string, body: () => void): void {
  if (has(tool)) describe(title, body);
  else if (isRequired(tool)) test(title, () => refuse(tool));
  else describe.skip(untested(title, tool), body);
}

/** `test` likewise. */
export function testWith(tool: Tool, title: string, body: () => void | Promise<void>): void {
  if (has(tool)) test(title, body);
  else if (isRequired(tool)) test(title, () => refuse(tool));
  else test.skip(untested(title, tool), body);
}

function isRequired(tool: Tool): boolean {
  return Boolean(process.env.CI) && process.env.CI !== 'false' && REQUIRED.includes(tool);
}

function refuse(tool: Tool): never {
  throw new Error(`${tool} is required where CI is set: install it, or unset CI to skip its tests`);
}

/** The title of what is skipped says why, to a reader and to the reporter. */
function untested(title: string, tool: Tool): string {
  return `${title} [without ${tool}]`;
}
