const excerptLength = 24;

/** Where two bodies part, in words: the offset of the first byte that differs, and what stands there in each. */
export function firstDifference(ours: Uint8Array, theirs: Uint8Array): string {
  const longest = Math.max(ours.length, theirs.length);
  let at = 0;
  while (at < longest && ours[at] === theirs[at]) at += 1;
  if (at === longest) return 'they are the same';
  return `they part at byte ${at}: we see ${excerpt(ours, at)}, signed was ${excerpt(theirs, at)}`;
}

function excerpt(bytes: Uint8Array, at: number): string {
  if (at >= bytes.length) return 'the end';
  const from = Math.max(0, at - 8);
  return JSON.stringify(Buffer.from(bytes.subarray(from, from + excerptLength)).toString('utf8'));
}
