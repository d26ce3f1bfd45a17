import ts from 'typescript';
import { anchorIn, valueOf } from './anchor.mjs';
import { findPattern, readPattern } from './pattern.mjs';
import { parse } from './source.mjs';

/**
 * @param {import('./defects.mjs').Defect} defect
 * @returns the text of a file with the defect in it
 * @throws Error saying why it cannot be planted
 */
export function withDefect(source, { at, given, find, replace }) {
  const tree = parse(source);
  if (tree === undefined) throw new Error('the file is no TypeScript');
  const anchor = anchorIn(tree, at);
  const known = given === undefined ? new Map() : theOnly(at, given, placesIn(anchor, given, new Map())).bound;
  const { start, end, bound } = theOnly(at, find, placesIn(anchor, find, known));
  const text = fill(replace, new Map([...bound, ['$it', source.slice(start, end)]]));
  const planted = source.slice(0, start) + text + source.slice(end);
  if (planted === source) throw new Error('it changes nothing');
  if (parse(planted) === undefined) throw new Error(`it leaves no TypeScript, but: ${text}`);
  return planted;
}

function theOnly(at, find, places) {
  if (places.length === 0) throw new Error(`nothing in ${at} is like: ${find}`);
  if (places.length > 1) throw new Error(`${places.length} places in ${at} are like: ${find}`);
  return places[0];
}

function placesIn(anchor, find, known) {
  if (find === undefined) return [placeOf({ nodes: [valueOf(anchor)], bound: known })];
  if (find instanceof RegExp) return textsIn(anchor).flatMap((node) => placesInText(node, find, known));
  return findPattern(readPattern(find), anchor, known).map(placeOf);
}

const placeOf = ({ nodes, bound }) => ({ start: nodes[0].getStart(), end: nodes.at(-1).end, bound });

/** Strings, and the pieces of templates. */
function textsIn(node) {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) return [node];
  const found = [];
  ts.forEachChild(node, (child) => void found.push(...textsIn(child)));
  return found;
}

/** A blank in the expression is any white space; its groups are `$name`. */
function placesInText(node, { source }, known) {
  const pattern = new RegExp(source.replaceAll(' ', '\\s+'), 'g');
  return [...node.getText().matchAll(pattern)].map(({ 0: text, index, groups = {} }) => ({
    start: node.getStart() + index,
    end: node.getStart() + index + text.length,
    bound: new Map([...known, ...Object.entries(groups).map(([name, value]) => [`$${name}`, value])]),
  }));
}

/** Puts in what was found; with nothing in its place goes the comma behind it. */
function fill(replace, bound) {
  return replace.replace(/(\$(?:\$\$)?[a-z]\w*)(\s*,)?/gi, (whole, name, comma = '') => {
    const text = bound.get(name);
    if (text === undefined) throw new Error(`${name} in its replacement stands for nothing`);
    return text === '' ? '' : text + comma;
  });
}
