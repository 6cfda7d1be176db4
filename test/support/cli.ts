import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../../src/core/random.js';
import { built } from './built.js';

/** The built command line. */
const MAIN = fileURLToPath(built('cli/main.js'));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that runs commands one after the other, and the pipes to it. */
interface Resident {
  readonly requests: number;
  readonly answers: number;
}

let resident: Resident | undefined;

/**
 * Runs `anyrate` to its end, in a process that stays for the next command: to start one takes longer than most commands do.
 * What ends a process, or changes it for good, is for `anyrateAlone`.
 */
export function anyrate(cwd: string, ...args: readonly string[]): Outcome {
  resident ??= startResident();
  writeSync(resident.requests, `${JSON.stringify({ cwd, args })}\n`);
  const [parts, buffer] = [[] as Buffer[], Buffer.alloc(1 << 16)];
  for (;;) {
    const count = readSync(resident.answers, buffer);
    parts.push(Buffer.from(buffer.subarray(0, count)));
    if (count > 0 && buffer[count - 1] !== 10) continue;
    if (count > 0) return JSON.parse(Buffer.concat(parts).toString());
    resident = undefined;
    throw new Error(`anyrate ${args.join(' ')} has ended the process that ran it`);
  }
}

function startResident(): Resident {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-pipes-'));
  const [requests, answers] = ['requests', 'answers'].map((name) => join(folder, name));
  spawnSync('mkfifo', [requests, answers]);
  const script = fileURLToPath(new URL('resident.js', import.meta.url));
  const child = spawn(process.execPath, [script, requests, answers], { stdio: ['ignore', 'ignore', 'inherit'] });
  child.unref();
  const pipes = { requests: openSync(requests, 'w'), answers: openSync(answers, 'r') };
  rmSync(folder, { recursive: true });
  return pipes;
}

/** Runs `anyrate` to its end, in a process of its own. */
export function anyrateAlone(cwd: string, ...args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { cwd, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** Runs `anyrate` and sends it a signal when stderr shows `cue`, or a file has it. */
export async function interruptAt(
  cwd: string,
  cue: RegExp | { readonly file: string; readonly has: string },
  signal: NodeJS.Signals,
  ...args: readonly string[]
): Promise<Outcome> {
  const child: ChildProcess = spawn(process.execPath, [MAIN, ...args], { cwd });
  let [stdout, stderr, sent] = ['', '', false];
  child.stdout?.on('data', (text) => {
    stdout += text;
  });
  child.stderr?.on('data', (text) => {
    stderr += text;
    if (!sent && cue instanceof RegExp && cue.test(stderr)) sent = child.kill(signal);
  });
  const watch = setInterval(() => {
    if (sent || cue instanceof RegExp || !holds(join(cwd, cue.file), cue.has)) return;
    sent = child.kill(signal);
  }, 5);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  return { code, stdout, stderr };
}

function holds(path: string, text: string): boolean {
  return existsSync(path) && readFileSync(path, 'utf8').includes(text);
}

/** Starts `anyrate`; it can be ended as a process. */
export function startAnyrate(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { child: ChildProcess; outcome: Promise<Outcome> } {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const outcome = new Promise<Outcome>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  return { child, outcome };
}

/** Runs `anyrate` with nobody left to read what it prints. */
export async function runUnread(cwd: string, ...args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd });
  child.stdout.destroy();
  child.stderr.destroy();
  return new Promise((resolve) => child.on('close', resolve));
}

/** A temporary folder with a recipe and data so small that a training takes a second. */
export function makePlayground(): string {
  const root = mkdtempSync(join(tmpdir(), 'anyrate-cli-'));
  writeFileSync(join(root, 'tiny.json'), JSON.stringify(tinyRecipe));
  for (const subject of [101, 102, 104, 106]) {
    for (const gesture of [0, 1, 2]) {
      for (const take of [1, 2, 3]) {
        write(root, `data/Simplified/${subject}_18_${gesture}_${take}_1_sit.txt`, movement(subject, gesture, take));
      }
    }
  }
  return root;
}

export const tinyRecipe = {
  name: 'tiny',
  data: 'data',
  preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'positions', chunks: 2 }] },
  augmentation: [{ step: 'jitter', deviation: 0.02 }],
  network: [{ kind: 'graph-convolution', heads: 1, filters: 4, combine: 'sum', dropout: 0.1 }],
  training: { epochs: 4, batch: 8 },
  report: [0, 0.5, 0.9],
};

/** Writes a file inside a folder, and the folders above it. */
export function write(root: string, path: string, content: string | Uint8Array): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** Paths of all files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

/** 12 frames of 25 joints, one line each. */
export function movement(subject: number, gesture: number, take: number, frames = 12): string {
  const random = new Random(subject, gesture, take);
  const lines = Array.from({ length: frames }, (_, t) =>
    Array.from({ length: 75 }, (_, i) => (Math.sin(i + (t * gesture) / 4) + 0.1 * random.normal()).toFixed(3)).join(
      ',',
    ),
  );
  return `${lines.join('\n')}\n`;
}
