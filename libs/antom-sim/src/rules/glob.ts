/** A pattern in which `*` stands for anything. */
export const glob = (pattern: string): RegExp => {
  const literal = pattern.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 's');
};
