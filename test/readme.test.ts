import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

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

describe('documents', () => {
  const pages = ['README.md', ...['docs', 'examples', 'data'].flatMap(pagesBelow)];

  test.each(pages)('every link of %s leads to a file, and to a heading where it names one', (page) => {
    const broken = linksOf(page).filter(({ path, anchor }) => {
      if (!existsSync(join(ROOT, path))) return true;
      return anchor !== undefined && !headingsOf(path).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('each of them is reached from the README, and leads on', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) for (const { path } of linksOf(page)) if (pages.includes(path)) reached.add(path);
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
    const ends = pagesBelow('docs').filter((page) => !page.includes('results/') && linksOf(page).length === 0);
    expect(ends).toEqual([]);
  });
});

function pagesBelow(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true }).map(String);
  return files.filter((file) => file.endsWith('.md')).map((file) => join(folder, file));
}

/** Links inside the project, from its root. */
function linksOf(page: string): { path: string; anchor: string | undefined }[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/```.*?```/gs, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path, anchor] = target.split('#');
      return { path: path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path)), anchor };
    });
}

/** The anchors that GitHub gives headings. */
function headingsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/```.*?```/gs, '');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase());
  return headings.map((heading) => heading.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}
