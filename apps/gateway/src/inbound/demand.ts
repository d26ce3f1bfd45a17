import { type Read } from './field-errors.js';
import { invalid, malformed } from './problems.js';

/** What was read, in its order. @throws HttpProblem 400 or 422, which names every field that is wrong in any of it */
export function demand<Parts extends readonly unknown[]>(
  ...reads: { [Index in keyof Parts]: Read<Parts[Index]> }
): Parts {
  const complaints = reads.flatMap((read) => ('complaints' in read ? [read.complaints] : []));
  const unreadable = complaints.flatMap(({ unknown }) => unknown);
  const wrong = complaints.flatMap((each) => each.wrong);
  if (unreadable.length > 0) throw malformed([...unreadable, ...wrong]);
  if (wrong.length > 0) throw invalid(wrong);
  return reads.map((read) => (read as { readonly data: unknown }).data) as unknown as Parts;
}
