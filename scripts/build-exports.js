// Embeds what exported programs are made of, so that exporting needs neither files nor a compiler:
// src/export/c/parts/ as src/export/c/parts.ts, and the functions of src/export/js/standalone.ts and of the runtime
// that it uses, minified one by one, as src/export/js/pieces.ts; assembly/predict/, compiled, as src/export/wasm/kernel.ts;
// the pages of src/export/html/parts/ and src/page/sheet/parts/, their scripts bundled, as parts.ts beside them. Copies the style of pages,
// src/page/page.css, into dist/, and bundles the runtime, src/runtime.ts, as dist/runtime.min.js, and with networks over time
// as dist/runtime-temporal.min.js, and with windows in WebAssembly as dist/runtime-simd.min.js.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { build, transform } from 'esbuild';
import ts from 'typescript';
import { bundle, TARGET } from './bundle.js';

const PARTS = 'src/export/c/parts';
const STANDALONE = 'src/export/js/standalone.ts';
/** The type of a piece: its code, and the other pieces that it refers to. */
const PIECE = '{ readonly code: string; readonly uses: readonly Key[] }';
const KERNEL = 'assembly/predict/index.ts';
const KERNEL_FLAGS = [
  '--runtime',
  'stub',
  '--noAssert',
  '-Oz',
  '--converge',
  '--memoryBase',
  '1024',
  '--initialMemory',
  '1',
];

/** Writes a module with a table of texts, or of another type; it states the type, so that declarations repeat no text. */
function embed(path, name, source, entries, type = 'string') {
  const lines = entries.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const keys = `type Key = ${entries.map(([key]) => `'${key}'`).join(' | ')};`;
  const constant = `export const ${name}: Readonly<Record<Key, ${type}>> = {\n${lines.join('\n')}\n};`;
  writeFileSync(path, `/** Made by scripts/build-exports.js from ${source}. */\n${keys}\n\n${constant}\n`);
}

/** The top-level statements of a bundle: name, minified code, and the other statements that it refers to. */
async function piecesOf(entry) {
  const options = { bundle: true, write: false, format: 'esm', target: TARGET, platform: 'neutral' };
  const { outputFiles } = await build({ entryPoints: [entry], ...options });
  const { statements } = ts.createSourceFile('bundle.js', outputFiles[0].text, ts.ScriptTarget.ES2022, true);
  const named = statements
    .filter((statement) => !ts.isExportDeclaration(statement))
    .map((statement) => [nameOf(statement), statement]);
  const names = new Set(named.map(([name]) => name));
  return Promise.all(
    named.map(async ([name, statement]) => {
      const uses = [...referencesIn(statement)].filter((other) => other !== name && names.has(other));
      const { code } = await transform(statement.getText(), { minify: true, target: TARGET });
      return [name, { code: code.trim(), uses }];
    }),
  );
}

/** Text, style and scripts of an exported page. */
async function pageParts(folder, style, scripts) {
  const { outputFiles } = await build({ entryPoints: [style], bundle: true, minify: true, write: false });
  const bundled = scripts.map(async (name) => [`${name}.js`, await bundle(`${folder}/${name}.ts`, 'iife')]);
  return [
    ['page.html', readFileSync(`${folder}/page.html`, 'utf8')],
    ['page.css', outputFiles[0].text.trim()],
    ...(await Promise.all(bundled)),
  ];
}

function nameOf(statement) {
  if (ts.isFunctionDeclaration(statement)) return statement.name.text;
  if (ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1) {
    return statement.declarationList.declarations[0].name.getText();
  }
  throw new Error(`${STANDALONE}: expected one name a statement, found ${statement.getText().slice(0, 80)}`);
}

/** Identifiers of a statement that are not names of properties. */
function referencesIn(node, found = new Set()) {
  const { parent } = node;
  const isProperty = (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
  if (ts.isIdentifier(node) && !isProperty) found.add(node.text);
  ts.forEachChild(node, (child) => void referencesIn(child, found));
  return found;
}

/** A WebAssembly module in base64. */
async function compile(entry) {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-kernel-'));
  try {
    const outFile = join(folder, 'kernel.wasm');
    const { error, stderr } = await asc.main([entry, ...KERNEL_FLAGS, '--outFile', outFile]);
    if (error) throw new Error(`AssemblyScript: ${error.message}\n${stderr.toString()}`);
    return readFileSync(outFile).toString('base64');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const parts = readdirSync(PARTS).map((name) => [name, readFileSync(join(PARTS, name), 'utf8')]);
embed(`${PARTS}.ts`, 'parts', 'parts/', parts);
embed('src/export/js/pieces.ts', 'pieces', 'standalone.ts', await piecesOf(STANDALONE), PIECE);
embed('src/export/wasm/kernel.ts', 'kernel', KERNEL, [['base64', await compile(KERNEL)]]);
const STYLE = 'src/page/page.css';
const exported = await pageParts('src/export/html/parts', STYLE, ['main', 'main-over-time']);
embed('src/export/html/parts.ts', 'parts', 'parts/', exported);
embed('src/page/sheet/parts.ts', 'parts', 'parts/', await pageParts('src/page/sheet/parts', STYLE, ['main']));
cpSync('src/page/page.css', 'dist/page/page.css');
for (const name of ['runtime', 'runtime-temporal', 'runtime-simd'])
  writeFileSync(`dist/${name}.min.js`, await bundle(`src/${name}.ts`));
