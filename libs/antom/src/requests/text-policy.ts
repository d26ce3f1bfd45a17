/** ASCII, Latin and Thai letters with their marks, currency signs, and the marks of good typography. */
const safe = /^(?:[\x20-\x7e\u00a0\p{Script=Latin}\p{Script=Thai}\p{Sc}«»‘’“”…–—·•×°]|[\u0300-\u036f])$/u;
/** Latin letters in the width of Chinese ones. */
const fullWidth = /[\uff00-\uffef]/;

/**
 * Why a bank may choke on a text, or undefined when it is safe.
 * Source: Antom's FAQ warns of Chinese letters in ids, `orderDescription` and goods, because some methods break on
 * them. Which letters are safe is nowhere listed; Indonesian is written in Latin letters, and Thai banks read Thai.
 */
export function textProblem(text: string): string | undefined {
  const wrong = [...text].find((letter) => !safe.test(letter) || fullWidth.test(letter));
  if (wrong === undefined) return undefined;
  const codePoint = wrong.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return `must be written in Latin or Thai letters: some banks break on others, such as U+${codePoint}`;
}
