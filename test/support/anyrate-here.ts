import { vi } from 'vitest';
import { built } from './built.js';
import type { Outcome } from './cli.js';

/**
 * Runs `anyrate` to its end in this process, which spares the start of one: for what no process, signal or crash is part of. What the program
 * registers or keeps in memory stays.
 */
export async function anyrateHere(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  const { createProgram } = await import(built('cli/program.js').href);
  const { failWith } = await import(built('cli/failure.js').href);
  const said = { stdout: '', stderr: '' };
  const line = (to: 'stdout' | 'stderr') => (text: string) => {
    said[to] += `${text}\n`;
  };
  const write = (to: 'stdout' | 'stderr') => (text: string | Uint8Array) => {
    said[to] += String(text);
    return true;
  };
  const before = process.cwd();
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(line('stdout')),
    vi.spyOn(console, 'error').mockImplementation(line('stderr')),
    vi.spyOn(process.stdout, 'write').mockImplementation(write('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(write('stderr')),
  ];
  process.chdir(cwd);
  try {
    await createProgram().parseAsync(args, { from: 'user' }).catch(failWith);
    return { code: Number(process.exitCode ?? 0), ...said };
  } finally {
    process.exitCode = undefined;
    process.chdir(before);
    for (const spy of spies) spy.mockRestore();
  }
}
