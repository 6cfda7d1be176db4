import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withSection } from '../bench/lib/page.js';

test('the benchmark loads, and refuses a part that it does not have with exit code 2', () => {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, ['bench/run.js', 'stepp'], { cwd, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/no part "stepp"; .* step, .* infer$/m),
  });
});

test('a part that is measured anew replaces its own section of a page; what people wrote stays', () => {
  const page =
    '# Benchmark\n\nA word.\n\n## Steps\n\n1 ms\n\n### By phase\n\nlong\n\n## Written by hand\n\nNotes.\n\n## Rates\n\n2 ms\n';
  expect(withSection(page, 'Steps', '3 ms')).toBe(
    '# Benchmark\n\nA word.\n\n## Steps\n\n3 ms\n\n## Written by hand\n\nNotes.\n\n## Rates\n\n2 ms\n',
  );
  expect(withSection(page, 'Epochs', '4 ms', ['Rates', 'Sizes'])).toBe(
    page.replace('## Rates', '## Epochs\n\n4 ms\n\n## Rates'),
  );
  expect(withSection(undefined, 'Steps', '5 ms')).toBe('# Benchmark\n\n## Steps\n\n5 ms\n');
});
