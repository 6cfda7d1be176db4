import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

/** Inside the package, so that it is found by its own name. */
const runs = fileURLToPath(new URL('../runs/', import.meta.url));
mkdirSync(runs, { recursive: true });
const folder = mkdtempSync(join(runs, 'readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the example of the README runs as it stands', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example] = /```js\n(.*?)```/s.exec(readme) ?? [];
  writeFileSync(join(folder, 'example.mjs'), example);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout.trim().split('\n');
  expect(lines.slice(0, 2).every((loss) => Number(loss) > 0)).toBe(true);
  expect(lines.slice(2, -1).map((line) => line.split('|')[1]?.trim())).toEqual(['rate', '---:', '0', '0.9', '0.98']);
  expect(lines.at(-1)).toMatch(/^[a-z-]+ 0\.\d+$/);
  expect(existsSync(join(folder, 'small.anyrate'))).toBe(true);
}, 120_000);
