import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Job {
  readonly permissions?: Record<string, string>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const read = (name: string) => {
  const text = readFileSync(new URL(`../.github/workflows/${name}.yml`, import.meta.url), 'utf8');
  return parse(text, { strict: true }) as { permissions: Record<string, string>; jobs: Record<string, Job> };
};
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

test.each(['ci', 'release'])(
  '%s: actions are pinned to a commit, rights are to read alone, and what it runs is there',
  (name) => {
    const { permissions, jobs } = read(name);
    expect(permissions).toEqual({ contents: 'read' });
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
    const commands = steps.flatMap(({ run }) => run ?? []).join('\n');
    for (const [, script] of commands.matchAll(/npm run (\w+)/g)) expect(Object.keys(scripts)).toContain(script);
    for (const [path] of commands.matchAll(/\.ci\/\w+/g))
      expect(existsSync(new URL(`../${path}`, import.meta.url))).toBe(true);
  },
);

test('a release is published with a statement of where it was built', () => {
  const { publish } = read('release').jobs;
  expect(publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  expect(publish.steps.at(-1)?.run).toContain('npm publish --provenance');
});
