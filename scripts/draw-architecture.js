// npm run draw: docs/architecture.svg, the rooms of src/ with what each imports, drawn from the code.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importsWithin } from './imports.js';
import { ROOMS } from './rooms.js';

const ROW = 30;
const HEAD = 84;
const [NAME, PURPOSE, DOTS, STEP] = [24, 110, 650, 24];
const WIDTH = DOTS + ROOMS.length * STEP + 20;

/** Rooms that import each other's files, each pair once: `[importer, imported]`. */
export function roomImports(imports) {
  const pairs = imports.map(({ from, to }) => [roomOf(from), roomOf(to)]);
  const between = pairs.filter(([from, to]) => from !== to && isRoom(from) && isRoom(to));
  return [...new Set(between.map((pair) => pair.join(' ')))].toSorted().map((pair) => pair.split(' '));
}

/**
 * The picture as SVG: a row a room, foundations at the bottom, and a dot for each room that it imports. The law is that no
 * dot lies right of the staircase.
 */
export function drawArchitecture(imports) {
  const height = HEAD + ROOMS.length * ROW + 16;
  const pairs = roomImports(imports);
  const rows = ROOMS.map((room, index) => drawRoom(room, index, pairs));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">
<title id="title">The rooms of src/, foundations at the bottom, and which rooms each imports</title>
<style>
  svg { font: 14px system-ui, sans-serif; fill: #1c1f24; background: #fff }
  .room { fill: #eef2fb } .name { font-weight: 600 } .purpose, .column { fill: #5c636e; font-size: 12.5px }
  .may { fill: #dbe6fd } .imports { fill: #2563eb }
  @media (prefers-color-scheme: dark) {
    svg { fill: #eceef1; background: #14161a } .room { fill: #1d2636 } .purpose, .column { fill: #a2a9b4 }
    .may { fill: #24375c } .imports { fill: #7aa7ff }
  }
</style>
${ROOMS.map(({ name }, index) => drawColumn(name, index)).join('\n')}
${rows.join('\n')}
</svg>
`;
}

function drawColumn(name, index) {
  const x = columnAt(index) + 4;
  return `<text class="column" transform="translate(${x} ${HEAD - 8}) rotate(-55)">${name}</text>`;
}

/** A room with its purpose, a pale dot for each room that it may import, and a full one for each that it does. */
function drawRoom({ name, purpose, closed }, row, pairs) {
  const y = rowAt(row);
  const dots = ROOMS.slice(0, closed ? 0 : row).map((other, column) => {
    const imports = pairs.some(([from, to]) => from === name && to === other.name);
    const title = imports ? `<title>${name} imports ${other.name}</title>` : '';
    return `<circle class="${imports ? 'imports' : 'may'}" cx="${columnAt(column)}" cy="${y}" r="${imports ? 6 : 2.5}">${title}</circle>`;
  });
  return `<rect class="room" x="12" y="${y - 12}" width="${DOTS - 30}" height="24" rx="5"/><text class="name" x="${NAME}" y="${y + 5}">${name}</text><text class="purpose" x="${PURPOSE}" y="${y + 4}">${purpose}</text>${dots.join('')}`;
}

function columnAt(index) {
  return DOTS + index * STEP;
}

function rowAt(index) {
  return HEAD + (ROOMS.length - 1 - index) * ROW + ROW / 2;
}

function indexOf(room) {
  return ROOMS.findIndex(({ name }) => name === room);
}

function roomOf(file) {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
}

function isRoom(name) {
  return indexOf(name) >= 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync('docs/architecture.svg', drawArchitecture(importsWithin('src')));
}
