import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderComparison } from '../dist/run/compare/render.js';

const RESULTS = 'docs/results';
const stored = readdirSync(RESULTS)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ name: file.slice(0, -5), report: JSON.parse(readFileSync(`${RESULTS}/${file}`, 'utf8')) }))
  .filter(({ report }) => report.series !== undefined);

test.each(stored)('$name: table and picture are drawn from the numbers beside them', ({ name, report }) => {
  const { md, svg } = renderComparison(report, `${name}.svg`);
  expect(readFileSync(`${RESULTS}/${name}.md`, 'utf8') === md, `${name}.md: npm run redraw`).toBe(true);
  expect(readFileSync(`${RESULTS}/${name}.svg`, 'utf8') === svg, `${name}.svg: npm run redraw`).toBe(true);
});

test('files that docs/method.md names are there', () => {
  const page = readFileSync('docs/method.md', 'utf8');
  const files = [...page.matchAll(/`([\w/-]+(?:\.test)?\.ts)`/g)].map(([, file]) => file);
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => !existsSync(`src/${file}`) && !existsSync(file))).toEqual([]);
});
