import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the benchmark loads, and refuses a part that it does not have with exit code 2', () => {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, ['bench/run.js', 'stepp'], { cwd, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/no part "stepp"; .* step, .* infer$/m),
  });
});
