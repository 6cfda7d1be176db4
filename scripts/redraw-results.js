// npm run redraw: writes the tables and pictures of docs/results anew from the numbers that are stored beside them, as the
// commands that measured them would. Numbers are never changed; a new form of table or picture needs no training.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { renderComparison } from '../dist/run/compare/render.js';

const FOLDER = 'docs/results';

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
  const report = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8'));
  if (report.series === undefined) continue;
  const name = file.slice(0, -'.json'.length);
  const { md, svg } = renderComparison(report, `${name}.svg`);
  writeFileSync(`${FOLDER}/${name}.md`, md);
  writeFileSync(`${FOLDER}/${name}.svg`, svg);
}
