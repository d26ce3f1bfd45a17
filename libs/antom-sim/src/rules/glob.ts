/** A pattern that a text fits, or does not. */
export interface Pattern {
  test(text: string): boolean;
}

/** A pattern in which `*` stands for anything. A regular expression of it could be asked for ever. */
export const glob = (pattern: string): Pattern => {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  return { test: (text) => (last === undefined ? text === first : fits(text, { first, middle: rest, last })) };
};

interface Parts {
  readonly first: string;
  readonly middle: readonly string[];
  readonly last: string;
}

/** Each part is taken where it first comes: later ones only gain by that. */
function fits(text: string, { first, middle, last }: Parts): boolean {
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of middle) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}
