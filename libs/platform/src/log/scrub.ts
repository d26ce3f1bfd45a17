const hidden = '[hidden]';

/**
 * Hides what is recognized by its shape: passwords inside URLs, signed or encrypted tokens, bearer tokens. Every pattern is
 * linear in the length of the text, whatever the text is: no match attempt starts inside a run of characters that an earlier
 * attempt has read.
 */
export function scrubbed(text: string): string {
  let safe = text;
  if (safe.includes('://')) safe = safe.replaceAll(/(:\/\/[^\s:/@"\\]*):[^\s/"\\]+@/g, `$1:${hidden}@`);
  if (safe.includes('eyJ')) safe = safe.replaceAll(/(?<![\w.-])[\w.-]*?eyJ[\w.-]*/g, withoutToken);
  return bearer.test(safe) ? safe.replaceAll(/\b(bearer) [^\s"\\,]+/gi, `$1 ${hidden}`) : safe;
}

const bearer = /bearer /i;

/** Three or five parts, the first of which is the base64url of `{"`: a JWS or a JWE in its compact form. */
function withoutToken(run: string): string {
  const start = run.indexOf('eyJ');
  const dots = run.slice(start).split('.', 3).length - 1;
  return dots < 2 ? run : run.slice(0, start) + hidden;
}

/** The longest text that one field or message may hold, in UTF-16 units. */
export const longestText = 16_384;

/** Scrubbed before it is cut: half a token would not be recognized. */
export function shortened(text: string): string {
  if (text.length <= longestText) return text;
  const safe = scrubbed(text);
  if (safe.length <= longestText) return safe;
  return `${safe.slice(0, longestText)} [${safe.length - longestText} more characters]`;
}
