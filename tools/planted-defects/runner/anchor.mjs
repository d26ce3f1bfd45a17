import ts from 'typescript';

/**
 * Finds a declaration by its path: `watchLife.fail.from`, `OutboxRelay.#bringSome`, `createMessaging.concurrency`. Each name
 * is declared directly inside the one before it, whatever blocks stand between.
 * @throws Error where no declaration has the path, or several have it
 */
export function anchorIn(tree, path) {
  let node = tree;
  let walked = '';
  for (const name of path.split('.')) {
    const inside = declarationsIn(node);
    const found = inside.filter((each) => nameOf(each) === name);
    const place = walked === '' ? 'the file' : walked;
    if (found.length === 0)
      throw new Error(`${place} declares no ${name} (it declares ${inside.map(nameOf).join(', ') || 'nothing'})`);
    if (found.length > 1) throw new Error(`${place} declares ${name} ${found.length} times`);
    node = found[0];
    walked += walked === '' ? name : `.${name}`;
  }
  return node;
}

/** What a declaration stands for: the body of a function, else the value that it gives to its name. */
export function valueOf(node) {
  const holder = node.initializer ?? node;
  const value = ts.isFunctionLike(holder) ? holder.body : node.initializer;
  if (value === undefined) throw new Error(`${nameOf(node)} has no value; say what to find in it`);
  return value;
}

function declarationsIn(node) {
  const found = [];
  ts.forEachChild(node, function visit(child) {
    if (nameOf(child) === undefined) return ts.forEachChild(child, visit);
    const isOverload = ts.isFunctionLike(child) && child.body === undefined;
    if (!isOverload) found.push(child);
    return undefined;
  });
  return found;
}

function nameOf(node) {
  const isNamed =
    ts.isVariableDeclaration(node) ||
    ts.isBindingElement(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassLike(node) ||
    ts.isClassElement(node);
  const name = isNamed ? (node.propertyName ?? node.name) : undefined;
  return name !== undefined && 'text' in name ? name.text : undefined;
}
