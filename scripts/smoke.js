// npm run smoke [-- node@22 bun ...]: packs the packages, installs them in a folder elsewhere as a stranger would, and runs
// scripts/smoke/program.mjs and the command line there in other runtimes, which npm brings: Node 20, 22 and 24, Bun, Deno. What
// cannot be had is skipped and counted. Exits with 1 where an answer is wrong.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What runs a file: arguments before its path. */
const RUNTIMES = {
  'node@20': [],
  'node@22': [],
  'node@24': [],
  bun: [],
  deno: ['run', '--allow-all', '--no-lock', '--node-modules-dir=manual'],
};
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(RUNTIMES);
const folder = mkdtempSync(join(tmpdir(), 'anyrate-smoke-'));
const counts = { passed: 0, failed: 0, skipped: 0 };
try {
  install();
  for (const runtime of wanted) counts[tryRuntime(runtime)]++;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', '),
);
process.exitCode = counts.failed > 0 ? 1 : 0;

function install() {
  const tarballs = ['.', 'packages/runtime'].map((one) => {
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(execFileSync('npm', args, { cwd: join(ROOT, one), encoding: 'utf8' }));
    return `./${filename}`;
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...tarballs], {
    cwd: folder,
    stdio: 'ignore',
  });
  cpSync(join(ROOT, 'scripts/smoke/program.mjs'), join(folder, 'program.mjs'));
}

function tryRuntime(runtime) {
  const before = RUNTIMES[runtime];
  if (before === undefined) throw new Error(`${runtime}: expected one of ${Object.keys(RUNTIMES).join(', ')}`);
  const run = (...args) => spawnSync('npx', ['--yes', runtime, ...args], { cwd: folder, encoding: 'utf8' });
  const { status, stdout } = run('--version');
  if (status !== 0) {
    console.log(`${runtime}: skipped, since npm does not bring it here`);
    return 'skipped';
  }
  const version = stdout.split('\n', 1)[0];
  const program = run(...before, 'program.mjs');
  const help = run(...before, 'node_modules/anyrate/dist/cli/main.js', 'recipe', 'list');
  const isRight = program.status === 0 && JSON.parse(program.stdout).right > 20 && help.stdout.includes('irds');
  console.log(
    `${runtime} (${version}): ${isRight ? program.stdout.trim() : `failed\n${program.stdout}${program.stderr}${help.stderr}`}`,
  );
  return isRight ? 'passed' : 'failed';
}
