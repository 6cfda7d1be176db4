// Mutation run: changes the code of a folder in small ways, one at a time, and counts which changes the unit
// tests of its room notice.
// Usage: npm run mutants [-- FOLDER_OR_FILE ...], src/skeleton by default; the report is in reports/mutants/.

import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STRYKER = fileURLToPath(new URL('../node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url));
const CONFIG = 'scripts/mutants/stryker.config.json';

const given = process.argv.slice(2);
const targets = (given.length === 0 ? ['src/skeleton'] : given).map((path) => path.replace(/\/$/, ''));
const missing = targets.find((path) => !existsSync(`${ROOT}${path}`));
if (missing !== undefined) {
  console.error(`mutants: there is no ${missing}. Name folders or files of src/, from the root of the repository.`);
  process.exit(2);
}

const globs = targets.map((path) => (statSync(`${ROOT}${path}`).isDirectory() ? `${path}/**/*.ts` : path));
const mutate = [...globs, '!src/**/*.test.ts', '!src/**/*.d.ts'].join(',');
const rooms = [...new Set(targets.map((path) => path.split('/')[1]))].join(',');
const { status } = spawnSync(process.execPath, [STRYKER, 'run', CONFIG, '--mutate', mutate], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, MUTATED_ROOMS: rooms },
});
process.exit(status ?? 1);
