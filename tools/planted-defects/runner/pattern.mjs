import ts from 'typescript';
import { kindOf, parse, partsOf } from './source.mjs';

const contexts = [
  ['async function* context() { (', '\n); }', (tree) => [tree.statements[0].body.statements[0].expression.expression]],
  ['({', '\n});', (tree) => tree.statements[0].expression.expression.properties],
  ['async function* context() {', '\n}', (tree) => tree.statements[0].body.statements],
  ['switch (0) {', '\n}', (tree) => tree.statements[0].caseBlock.clauses],
  ['class Context {', '\n}', (tree) => tree.statements[0].members],
  ['function context(', '\n) {}', (tree) => tree.statements[0].parameters],
];

/**
 * Reads TypeScript in which `$name` stands for any one thing, the same wherever it is repeated, and `$$$name` or `$$$` for
 * any number of them. It may be an expression, a property, statements, clauses of a switch, members of a class or parameters.
 * @throws Error where it is nothing of these
 */
export function readPattern(text) {
  for (const [before, after, take] of contexts) {
    const tree = parse(before + text + after);
    if (tree !== undefined) return take(tree);
  }
  throw new Error(`this is no TypeScript: ${text}`);
}

/**
 * @param known what names stand for already
 * @returns where a pattern stands in a node, as `{ nodes, bound }`; not inside of what was found
 */
export function findPattern(pattern, node, known) {
  const found = [];
  (function visit(siblings) {
    for (let start = 0; start < siblings.length; start += 1) {
      const match = matchSequence(pattern, siblings.slice(start), known, true);
      if (match === undefined) visit(partsOf(siblings[start]));
      else {
        found.push({ nodes: siblings.slice(start, start + match.length), bound: match.bound });
        start += match.length - 1;
      }
    }
  })([node]);
  return found;
}

/** @returns what the names stand for and how many nodes were taken, as few as possible */
function matchSequence([first, ...rest], nodes, bound, mayLeave) {
  if (first === undefined) return mayLeave || nodes.length === 0 ? { bound, length: 0 } : undefined;
  const name = wildcard(first, '$$$');
  const [least, most] = name === undefined ? [1, Math.min(1, nodes.length)] : [0, nodes.length];
  for (let length = least; length <= most; length += 1) {
    const taken = nodes.slice(0, length);
    const now = name === undefined ? matchOne(first, taken[0], bound) : bind(name, taken, bound);
    const match = now && matchSequence(rest, nodes.slice(length), now, mayLeave);
    if (match !== undefined) return { bound: match.bound, length: length + match.length };
  }
  return undefined;
}

function matchOne(pattern, node, bound) {
  const name = wildcard(pattern, '$');
  if (name !== undefined) return bind(name, [node], bound);
  if (kindOf(pattern) !== kindOf(node)) return undefined;
  const parts = partsOf(pattern);
  if (parts.length > 0) return matchSequence(parts, partsOf(node), bound, false)?.bound;
  return leaf(pattern) === leaf(node) ? bound : undefined;
}

const leaf = (node) => (ts.isStringLiteralLike(node) ? node.text : node.getText());

function bind(name, nodes, bound) {
  const text = nodes.length === 0 ? '' : textOf(nodes).replace(/;$/, '');
  if (name === '$$$') return bound;
  if (bound.has(name)) return bound.get(name) === text ? bound : undefined;
  return new Map([...bound, [name, text]]);
}

const textOf = (nodes) => nodes[0].getSourceFile().text.slice(nodes[0].getStart(), nodes.at(-1).end);

/** A name that stands for something, also where it is a statement, a type, a parameter or `{ $$$more }`. */
function wildcard(node, sign) {
  const text = node.getText().replace(/;$/, '');
  const stands = sign === '$' ? /^\$[a-z]\w*$/i.test(text) : /^\$\$\$\w*$/.test(text);
  return stands && node.kind !== ts.SyntaxKind.SyntaxList ? text : undefined;
}
