// Names that neither a file nor a caller of the runtime ever sees, so that a minifier may shorten them: of private members, of
// types that a module keeps to itself, and of the types below; unless another type or the language has them, too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Types that modules of the runtime share, and that are neither in a file nor in what a caller gets. */
const SHARED = new Set([
  'Access',
  'BitReader',
  'Cells',
  'ChannelGroup',
  'Clock',
  'Container',
  'CurvePlace',
  'Entries',
  'FileNumbers',
  'FixedProduct',
  'Follower',
  'FrameFormat',
  'FrameLayout',
  'FrameLinks',
  'FrameProgram',
  'FrameReader',
  'FrameStage',
  'FrameValues',
  'LayerFrame',
  'LayerPlan',
  'LayerProducts',
  'OpenedNetwork',
  'Pipeline',
  'PoolProgram',
  'Product',
  'RateCurve',
  'Repetition',
  'ResolvedOptions',
  'Shape',
  'SparseNetwork',
  'Stage',
  'Tables',
  'Window',
  'WindowMachine',
  'WindowMemory',
  'WindowStage',
]);

/** What objects of the language have. */
const builtins = new Set(
  [Array, Uint8Array, Map, WeakMap, String, Function, Promise, DataView, Error, Math, JSON, Number, Object].flatMap(
    (type) =>
      [type, type.prototype, Object.getPrototypeOf(type.prototype ?? {})].flatMap((object) =>
        object ? Object.getOwnPropertyNames(object) : [],
      ),
  ),
);

/** Of all TypeScript in a folder. */
export function privateNames(folder) {
  const [inside, others] = [new Set(), new Set()];
  const files = readdirSync(folder, { recursive: true }).filter((name) => /(?<!\.test)\.ts$/.test(name));
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8');
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest), false);
  }
  return [...inside].filter((name) => !others.has(name) && !builtins.has(name)).sort();

  function visit(node, isHidden) {
    const isMember = ts.isClassElement(node) || ts.isTypeElement(node);
    if (isMember && node.name !== undefined) {
      (isHidden || has(node, ts.SyntaxKind.PrivateKeyword) ? inside : others).add(node.name.text);
    }
    if (ts.isStringLiteral(node)) others.add(node.text); // may be a key
    const isKept = ts.isInterfaceDeclaration(node) && !has(node, ts.SyntaxKind.ExportKeyword);
    const isType = ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node);
    const hides = isKept || (isType && SHARED.has(node.name.text));
    node.forEachChild((child) => visit(child, hides));
  }
}

function has(node, keyword) {
  return node.modifiers?.some(({ kind }) => kind === keyword) === true;
}
