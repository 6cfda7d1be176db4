// npm run fuzz [-- READER ...] [-- --minutes 10 --seed 1 --out runs/fuzz]: feeds changed files to what reads files, by what of
// the code they reach. Keeps the files that a reader fails on, and exits with 1 if there are any.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { instrument } from './fuzz/instrument.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = argumentsOrUsage();
process.chdir(ROOT);
mkdirSync('.cache', { recursive: true });
const folder = mkdtempSync(join('.cache', 'fuzz-'));
symlinkSync(join(ROOT, 'test/formats/files'), join(folder, 'files')); // where the bundle looks for them
try {
  const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external', outdir: folder };
  await build({
    ...options,
    entryPoints: { main: 'test/fuzz/main.ts', list: 'test/fuzz/readers.ts' },
    alias: { 'anyrate/browser': join(ROOT, 'src/browser.ts') },
    outExtension: { '.js': '.mjs' },
  });
  const { code, branches } = instrument(readFileSync(join(folder, 'main.mjs'), 'utf8'));
  writeFileSync(join(folder, 'main.mjs'), `globalThis.reached = new Uint8Array(${branches});\n${code}`);
  const { readers } = await import(`../${folder}/list.mjs`);
  const names = readers.map(({ name }) => name);
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`there is no reader ${unknown}: ${names.join(', ')}`);
  for (const name of positionals.length > 0 ? positionals : names) {
    const seconds = String(60 * Number(values.minutes));
    const args = ['--max-old-space-size=1024', join(folder, 'main.mjs'), name, seconds, values.seed, values.out];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    process.stdout.write(stdout);
    if (JSON.parse(stdout).faults.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** What is to be fuzzed, and for how long; of a flag that there is not, what there is. */
function argumentsOrUsage() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        minutes: { type: 'string', default: '10' },
        seed: { type: 'string', default: '1' },
        out: { type: 'string', default: 'runs/fuzz' },
      },
    });
  } catch (error) {
    console.error(`${error.message}\nnpm run fuzz -- [READER ...] [--minutes 10] [--seed 1] [--out runs/fuzz]`);
    process.exit(2);
  }
}
