// Code that writes down which of its branches ran: `globalThis.reached[i]` becomes 1.
import { types as t, transformSync } from '@babel/core';

/**
 * @param {string} code
 * @returns {{ code: string, branches: number }}
 */
export function instrument(code) {
  let branches = 0;
  const mark = () =>
    t.assignmentExpression(
      '=',
      t.memberExpression(t.identifier('globalThis.reached'), t.numericLiteral(branches++), true),
      t.numericLiteral(1),
    );
  /** A branch that is a statement, or an expression. */
  const markBranch = (path) => {
    if (!path.node) return;
    if (path.isBlockStatement()) path.node.body.unshift(t.expressionStatement(mark()));
    else if (path.isStatement()) path.replaceWith(t.blockStatement([t.expressionStatement(mark()), path.node]));
    else path.replaceWith(t.sequenceExpression([mark(), path.node]));
  };
  const markBoth = (path) => {
    markBranch(path.get('consequent'));
    markBranch(path.get('alternate'));
  };
  const visitor = {
    Function: { exit: (path) => markBranch(path.get('body')) },
    IfStatement: { exit: markBoth },
    ConditionalExpression: { exit: markBoth },
    LogicalExpression: { exit: (path) => markBranch(path.get('right')) },
    Loop: { exit: (path) => markBranch(path.get('body')) },
    SwitchCase: { exit: ({ node }) => void node.consequent.unshift(t.expressionStatement(mark())) },
    CatchClause: { exit: (path) => markBranch(path.get('body')) },
  };
  const result = transformSync(code, { plugins: [{ visitor }], configFile: false, babelrc: false, compact: false });
  return { code: result.code, branches };
}
