import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawArchitecture } from '../scripts/draw-architecture.js';
import { importsOf, importsWithin } from '../scripts/imports.js';
import { BROWSER_ENTRIES, EXCEPTIONS, ROOMS } from '../scripts/rooms.js';

/** From a file of src/ to a file of src/, a package or a module of Node. */
interface Import {
  readonly from: string;
  readonly to: string;
}

const IMPORTS = importsWithin('src');

test('rooms import only rooms before them, and what scripts/rooms.js names', () => {
  expect(IMPORTS.length).toBeGreaterThan(500);
  expect(offences(IMPORTS)).toEqual([]);
});

test('every folder of src/ is a room', () => {
  const folders = new Set(IMPORTS.flatMap(({ from }) => roomOf(from) ?? []));
  expect([...folders].toSorted()).toEqual(ROOMS.map(({ name }) => name).toSorted());
});

test('the picture in docs/architecture.md is of the code as it is; `npm run draw` makes it anew', () => {
  expect(readFileSync('docs/architecture.svg', 'utf8') === drawArchitecture(IMPORTS)).toBe(true);
});

test('every exception is used', () => {
  const unused = EXCEPTIONS.filter(({ from, to }) => !IMPORTS.some((one) => one.from === from && one.to === to));
  expect(unused).toEqual([]);
});

test('no imports go in a circle, types included', () => {
  expect(circles(IMPORTS)).toEqual([]);
});

test('nothing that a browser loads leads to Node', () => {
  expect(BROWSER_ENTRIES.flatMap((entry) => pathToNode(IMPORTS, entry) ?? [])).toEqual([]);
});

test('the law catches what breaks it', () => {
  const broken = (from: string, to: string) => offences([{ from, to }]).length > 0;
  expect(broken('evaluate/evaluate.ts', 'train/train.ts')).toBe(true);
  expect(broken('train/train.ts', 'evaluate/evaluate.ts')).toBe(false);
  expect(broken('core/random.ts', 'runtime/load.ts')).toBe(true);
  expect(broken('runtime/load.ts', 'core/random.ts')).toBe(true);
  expect(broken('runtime/load.ts', 'valibot')).toBe(true);
  expect(broken('node.ts', 'cli/main.ts')).toBe(true);
  expect(broken('train/train.ts', 'node:fs')).toBe(true);
  expect(broken('train/node/workers.ts', 'node:fs')).toBe(false);
  expect(broken('train/train.ts', 'index.ts')).toBe(true);
  expect(broken('train/train.ts', '../test/toy.ts')).toBe(true);
  const chain = importsOf('index.ts', "export * from './a/b.js';").concat(
    importsOf('a/b.ts', "export const x: import('../a/node/c.js').C = await import('./d.js');"),
    importsOf('a/d.ts', "import type { B } from './b.js';"),
  );
  expect(pathToNode(chain, 'index.ts')).toBe('index.ts → a/b.ts → a/node/c.ts');
  expect(circles(chain)).toEqual(['a/b.ts → a/d.ts → a/b.ts']);
});

function offences(imports: readonly Import[]): string[] {
  return imports.flatMap((one) => {
    const offence = isException(one) ? undefined : offenceOf(one);
    return offence === undefined ? [] : [`${one.from} imports ${one.to}: ${offence}`];
  });
}

function isException({ from, to }: Import): boolean {
  return EXCEPTIONS.some((exception) => exception.from === from && exception.to === to);
}

/** What is wrong with an import, if anything. */
function offenceOf({ from, to }: Import): string | undefined {
  const room = ROOMS.find(({ name }) => name === roomOf(from));
  if (to.startsWith('node:')) return isNodeFile(from) ? undefined : 'node:* belongs in a folder node/ or in cli';
  if (!to.endsWith('.ts')) return room?.closed ? `${room.name} imports no packages` : undefined;
  const target = roomOf(to);
  if (target === undefined) return room && 'rooms do not import the doors';
  const [at, targetAt] = [
    ROOMS.findIndex(({ name }) => name === room?.name),
    ROOMS.findIndex(({ name }) => name === target),
  ];
  if (targetAt < 0) return 'it is in no room';
  if (target === room?.name) return undefined;
  if (target === 'cli') return 'nothing imports cli';
  if (room?.closed) return `${room.name} imports nothing outside itself`;
  return room && targetAt > at ? `${room.name} comes before ${target}` : undefined;
}

/** The room of a file; none for the doors. */
function roomOf(file: string): string | undefined {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : undefined;
}

function isNodeFile(file: string): boolean {
  return file.includes('/node/') || file.startsWith('cli/') || file === 'node.ts';
}

/** The first way found from a file to a module or file of Node, as text. */
function pathToNode(imports: readonly Import[], entry: string): string | undefined {
  const cameFrom = new Map<string, string | undefined>([[entry, undefined]]);
  for (const [file] of cameFrom) {
    if (file.startsWith('node:') || isNodeFile(file)) return pathTo(file, cameFrom);
    for (const { from, to } of imports) if (from === file && !cameFrom.has(to)) cameFrom.set(to, file);
  }
  return undefined;
}

function pathTo(file: string, cameFrom: ReadonlyMap<string, string | undefined>): string {
  const before = cameFrom.get(file);
  return before === undefined ? file : `${pathTo(before, cameFrom)} → ${file}`;
}

/** One circle for each import that closes one, met in a walk depth first. */
function circles(imports: readonly Import[]): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]) => {
    if (trail.includes(file)) found.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
    if (trail.includes(file) || done.has(file)) return;
    for (const { from, to } of imports) if (from === file) visit(to, [...trail, file]);
    done.add(file);
  };
  for (const { from } of imports) visit(from, []);
  return found;
}
