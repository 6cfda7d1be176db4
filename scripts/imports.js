// What every file of src/ imports, read from its syntax: `import`, `export … from`, `import()`, `import('…')` in types,
// and `new URL('…', import.meta.url)` of a script, which is how workers are started.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/**
 * All imports of a source folder, tests left out. Files are named from the folder on (`core/errors.ts`, also where the
 * source says `.js`); packages and `node:*` are named as the source does.
 * @param {string} folder
 * @returns {{ from: string, to: string }[]}
 */
export function importsWithin(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .toSorted()
    .flatMap((from) => importsOf(from, readFileSync(join(folder, from), 'utf8')));
}

/**
 * The imports of one file.
 * @param {string} from
 * @param {string} text
 * @returns {{ from: string, to: string }[]}
 */
export function importsOf(from, text) {
  const names = new Set();
  const visit = (node) => {
    const name = importedName(node);
    if (name !== undefined) names.add(name);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, text, ts.ScriptTarget.ES2022, true));
  return [...names].map((name) => ({ from, to: name.startsWith('.') ? sourceOf(from, name) : name }));
}

function importedName(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier?.text;
  if (ts.isImportTypeNode(node)) return node.argument.literal.text;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0].text;
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL' && node.arguments?.length === 2) {
    const [path, base] = node.arguments;
    if (base.getText() === 'import.meta.url' && /^\.{1,2}\/(?!.*dist\/).*\.js$/.test(path.text ?? '')) return path.text;
  }
  return undefined;
}

function sourceOf(from, name) {
  return posix.join(posix.dirname(from), name).replace(/\.js$/, '.ts');
}
