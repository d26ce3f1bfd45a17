import ts from 'typescript';

/** @returns the tree of a TypeScript text, or undefined where it is none */
export function parse(text) {
  const tree = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  return tree.parseDiagnostics.length === 0 ? tree : undefined;
}

const punctuation = new Set([ts.SyntaxKind.CommaToken, ts.SyntaxKind.SemicolonToken, ts.SyntaxKind.ColonToken]);

/** What a node is made of, without comments and punctuation; `{ a }` is made as `{ a: a }` is. */
export function partsOf(node) {
  const parts = node.getChildren().filter((part) => !punctuation.has(part.kind) && !ts.isJSDoc(part));
  return isShort(node) ? [node.name, ...parts] : parts;
}

function isShort(node) {
  if (ts.isShorthandPropertyAssignment(node)) return true;
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return false;
  return node.propertyName === undefined && node.dotDotDotToken === undefined;
}

export const kindOf = ({ kind }) =>
  kind === ts.SyntaxKind.ShorthandPropertyAssignment ? ts.SyntaxKind.PropertyAssignment : kind;
