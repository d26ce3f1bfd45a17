import ts from 'typescript';
import { parse } from '../planted-defects/runner/source.mjs';

const suffix = 'Renamed';
const printer = ts.createPrinter({ removeComments: true });

/** @returns a file of the same meaning: every local has another name, lines were added, comments and form are gone */
export function disturbed(source) {
  const locals = localsOf(parse(source));
  const renamed = edited(source, (node) => renaming(node, locals));
  const longer = edited(renamed, additions);
  return { text: printer.printFile(parse(longer)), locals };
}

/** @returns the names of former locals that a disturbed file uses without declaring them */
export function strangersIn(text, locals) {
  const tree = parse(text);
  const declared = localsOf(tree);
  const strangers = new Set();
  visit(tree, (node) => {
    if (isUseOf(node, locals) && !declared.has(node.text)) strangers.add(node.text);
  });
  return [...strangers];
}

/** Names that are declared in functions, and in no other place of the file. */
function localsOf(tree) {
  const inside = new Set();
  const outside = new Set();
  visit(tree, (node, isInside) => {
    if (!isDeclared(node)) return;
    (isInside && !isMember(node.parent) ? inside : outside).add(node.text);
  });
  return inside.difference(outside);
}

function isDeclared(node) {
  const { parent } = node;
  if (!ts.isIdentifier(node) || parent.name !== node) return false;
  if (ts.isParameter(parent)) return !ts.isFunctionTypeNode(parent.parent) && !ts.isMethodSignature(parent.parent);
  return ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || isImportOrDeclaration(parent);
}

const isImportOrDeclaration = (node) =>
  ts.isImportSpecifier(node) || ts.isNamespaceImport(node) || ts.isImportClause(node) || ts.isFunctionDeclaration(node);

/** `constructor(private readonly parts)` declares a property. */
const isMember = (node) => ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent);

function isUseOf(node, names) {
  if (!ts.isIdentifier(node) || !names.has(node.text)) return false;
  const { parent } = node;
  if (ts.isTypeReferenceNode(parent) || ts.isTypePredicateNode(parent) || parent.propertyName === node) return false;
  if (parent.name !== node) return true;
  return isDeclared(node) || ts.isShorthandPropertyAssignment(parent);
}

function renaming(node, locals) {
  if (!isUseOf(node, locals)) return [];
  const { parent } = node;
  const isShort =
    ts.isShorthandPropertyAssignment(parent) ||
    (ts.isBindingElement(parent) &&
      ts.isObjectBindingPattern(parent.parent) &&
      parent.name === node &&
      parent.propertyName === undefined &&
      parent.dotDotDotToken === undefined);
  return [{ at: node.end, text: isShort ? `: ${node.text}${suffix}` : suffix }];
}

/** A line before and behind every statement of a function. */
function additions(node, isInside) {
  if (!isInside || !(ts.isBlock(node) || ts.isCaseClause(node))) return [];
  return node.statements.flatMap(({ end }, index) => [
    ...(index === 0 ? [{ at: node.statements[0].getStart(), text: "void 'added';\n" }] : []),
    { at: end, text: "\nvoid 'added';" },
  ]);
}

function edited(source, editsOf) {
  const edits = [];
  visit(parse(source), (node, isInside) => void edits.push(...editsOf(node, isInside)));
  let text = source;
  for (const edit of edits.sort((one, other) => other.at - one.at))
    text = text.slice(0, edit.at) + edit.text + text.slice(edit.at);
  return text;
}

function visit(node, look, isInside = false) {
  look(node, isInside);
  const isFunction = ts.isFunctionLike(node);
  ts.forEachChild(node, (child) => visit(child, look, isInside || (isFunction && child !== node.name)));
}
