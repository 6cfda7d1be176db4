// npm run crash [-- --random 70 --stride 1 --seed 1 --out runs/crash]: trains, and is killed before every call to the system that
// changes the run folder, half way through every write, and at random moments, again and again, also with a checkpoint after every
// step; and at every call, or every so
// many, the disk is full, fails, or takes a part of what is written. Each time the training is resumed, and its files compared
// with those of a training that nothing happened to.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Random } from '../dist/core/random.js';
import { writePlayground } from './crash/playground.js';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const SOURCE = fileURLToPath(new URL('crash/fault.c', import.meta.url));
/** Saves a checkpoint after every step. */
const STEP_BY_STEP = fileURLToPath(new URL('crash/step-by-step.js', import.meta.url));
const FILES = ['recipe.json', 'log.jsonl', 'model.anyrate', 'example.json', 'report.json', 'report.md', 'report.svg'];
const { values } = parseArgs({
  options: {
    random: { type: 'string', default: '70' },
    stride: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'runs/crash' },
  },
});
const folder = resolve(values.out);
const run = join(folder, 'run');
const library = join(folder, 'fault.so');
const random = new Random(Number(values.seed));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writePlayground(folder);
const compiled = spawnSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl'], { stdio: 'inherit' });
if (compiled.status !== 0) throw new Error('gcc is required: it compiles what makes the system fail');

const started = performance.now();
const { status } = train({ FAULT_CALLS: join(folder, 'calls') });
if (status !== 0) throw new Error('the training fails by itself');
const seconds = (performance.now() - started) / 1000;
const expected = filesOf();
const calls = readFileSync(join(folder, 'calls'), 'latin1');
console.error(`${calls.length} calls: ${calls}`);

/** Letters of fault.c: open, write, write at an offset, sync, truncate, rename, unlink. */
const FAULTS = { kill: 'owpstru', cut: 'w', short: 'w', ENOSPC: 'owpst', EIO: 'owpstr' };
const tally = {};
for (const [kind, letters] of Object.entries(FAULTS)) {
  tally[kind] = { times: 0, lost: 0, unclear: 0 };
  const stride = /kill|cut/.test(kind) ? 1 : Number(values.stride);
  const places = [...calls].flatMap((letter, i) => (letters.includes(letter) ? [i + 1] : []));
  for (const at of places.filter((_, i) => i % stride === 0)) {
    note(kind, at, train({ FAULT_KIND: kind, FAULT_AT: `${at}` }));
  }
  console.error(kind, tally[kind]);
}
tally.random = await killAtRandom(Number(values.random));
console.error('random', tally.random);
tally.steps = await killAtRandom(Number(values.random), STEP_BY_STEP);
console.error('steps', tally.steps);
tally.tmpfs = fullDisk();
console.log(JSON.stringify({ calls: calls.length, ...tally }, null, 2));
const sum = (key) => Object.values(tally).reduce((all, one) => all + (one?.[key] ?? 0), 0);
process.exitCode = sum('lost') + sum('unclear') > 0 ? 1 : 0;

/** Trains from the start, with something that will happen. */
function train(env, out = run) {
  rmSync(out, { recursive: true, force: true });
  const faulty = { ...process.env, LD_PRELOAD: library, FAULT_FOLDER: out, ...env };
  return spawnSync(process.execPath, [MAIN, ...begin(out)], { cwd: folder, env: faulty, encoding: 'utf8' });
}

function begin(out) {
  return ['train', 'tiny.json', '--threads', '1', '--out', out];
}

/**
 * Kills a run at random moments until it is done for all that, and then another.
 * @param {string} [program] trains in the run folder in place of the command, which then only ends what is trained
 */
async function killAtRandom(times, program) {
  const counts = { times: 0, runs: 0, lost: 0, unclear: 0 };
  while (counts.times < times) {
    rmSync(run, { recursive: true, force: true });
    for (let isDone = false; !isDone; ) {
      const child = spawn(process.execPath, program ? [program, 'tiny.json', run] : [MAIN, ...next(run)], {
        cwd: folder,
        stdio: 'ignore',
      });
      const end = new Promise((done) => child.on('close', (status, signal) => done({ status, signal })));
      await Promise.race([end, setTimeout(1000 * random.uniform(0.2, 1.2) * seconds)]);
      child.kill('SIGKILL');
      const { status, signal } = await end;
      isDone = signal === null;
      if (!isDone) counts.times++;
      else if (status !== 0) counts.unclear++;
    }
    counts.runs++;
    if ((program && goOn(run)) ?? faultOf()) counts.lost++;
  }
  return counts;
}

/** What was left behind is gone on with; counts what is lost then, and errors that a user would not understand. */
function note(kind, at, { status, signal, stderr }) {
  const counts = tally[kind];
  counts.times++;
  const isRefused = status === 2 && /^error: .*\n$/m.test(stderr) && !/bug in anyrate/.test(stderr);
  if (signal === null && status !== 0 && !isRefused) {
    counts.unclear++;
    console.error(`${kind} at ${at}: exit code ${status}: ${stderr}`);
  }
  const fault = status === 0 ? faultOf() : (goOn(run) ?? faultOf());
  if (fault === undefined) return;
  counts.lost++;
  console.error(`${kind} at ${at}: ${fault}`);
}

/** What goes on with a run, or begins it where none has begun. */
function next(out) {
  return existsSync(join(out, 'recipe.json')) ? ['train', '--resume', out, '--threads', '1'] : begin(out);
}

/** Goes on with a run; what it fails with. */
function goOn(out) {
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...next(out)], { cwd: folder, encoding: 'utf8' });
  return status === 0 ? undefined : `resumed with exit code ${status}: ${stderr}`;
}

function faultOf(out = run) {
  const found = filesOf(out);
  const other = FILES.find((name) => found[name] !== expected[name]);
  return other === undefined ? undefined : `another ${other}`;
}

function filesOf(out = run) {
  return Object.fromEntries(
    FILES.map((name) => [name, existsSync(join(out, name)) ? readFileSync(join(out, name), 'base64') : undefined]),
  );
}

/** A run in file systems that are full after so many KiB, and then have room; undefined without the right to mount one. */
function fullDisk() {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const mount = (...options) => spawnSync('mount', ['-t', 'tmpfs', '-o', options.join(), 'tmpfs', disk]).status === 0;
  const counts = { times: 0, lost: 0, unclear: 0 };
  for (const size of [4, 8, 16, 24, 32, 48, 64]) {
    if (!mount(`size=${size}k`)) return undefined;
    const out = join(disk, 'run');
    const { status, stderr } = train({}, out);
    counts.times++;
    if (status !== 0 && !(status === 2 && /^error: .*\n$/m.test(stderr))) counts.unclear++;
    mount('remount', 'size=10m');
    const fault = status === 0 ? faultOf(out) : (goOn(out) ?? faultOf(out));
    if (fault !== undefined) {
      counts.lost++;
      console.error(`full after ${size} KiB: ${fault}`);
    }
    spawnSync('umount', [disk]);
  }
  return counts;
}
