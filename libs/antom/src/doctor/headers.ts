import { type Candidate, distinct } from './candidate.js';
import { type Finding } from './case.js';
import { finding } from './remedies.js';

/** The signature in a header, however it was spelt, or why there is none. */
export function signatures(header: string | undefined): Candidate<Buffer>[] | Finding {
  if (header === undefined || header === '') return finding('missing header', 'there is no Signature header');
  const segments = header.split(',').map((part) => part.trim().replace(/^"|"$/g, ''));
  const [segment, second] = segments.filter((part) => part.startsWith('signature='));
  if (segment === undefined)
    return finding('missing segment', `the Signature header has no part "signature=": ${namesOf(segments)}`);
  if (second !== undefined) return finding('missing segment', 'the Signature header has two parts "signature="');
  const raw = segment.slice('signature='.length);
  return distinct(spellings(raw), (bytes) => bytes.toString('hex'));
}

/** What is odd about a header that may be accepted all the same. */
export function oddities(header: string): Finding[] {
  const algorithm = /(?:^|,)\s*algorithm=([^,]*)/.exec(header)?.[1];
  const signature = /(?:^|,)\s*signature=([^,]*)/.exec(header)?.[1] ?? '';
  return [
    ...(algorithm === undefined || algorithm.trim().toUpperCase() === 'RSA256'
      ? []
      : [finding('other algorithm', `the header says algorithm=${algorithm.trim()}`)]),
    ...(/[+/=]/.test(signature) && !signature.includes('%')
      ? [finding('not URL-encoded', 'the signature is bare Base64, with +, / or = as they are')]
      : []),
  ];
}

export const keyVersionOf = (header: string): string | undefined => /(?:^|,)\s*keyVersion=([^,\s]*)/.exec(header)?.[1];

const namesOf = (segments: readonly string[]): string =>
  `it has ${segments.map((part) => part.split('=')[0]).join(', ') || 'nothing'}`;

const unescaped = (text: string): string =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

function spellings(raw: string): Candidate<Buffer>[] {
  const once = unescaped(raw);
  const wrong = (text: string, how: string) => {
    const bytes = decode(text);
    return bytes === undefined ? [] : [{ value: bytes, finding: finding('header decoded wrongly', how) }];
  };
  const straight = decode(once);
  return [
    ...(straight === undefined ? [] : [{ value: straight }]),
    ...wrong(once.replaceAll(' ', '+'), 'the plus signs of the signature have become blanks'),
    ...wrong(unescaped(once), 'the signature is URL-encoded twice'),
    ...wrong(padded(once.replaceAll('-', '+').replaceAll('_', '/')), 'the signature is in the Base64 alphabet of URLs'),
    ...wrong(padded(once), 'the signature has lost its padding'),
  ];
}

const padded = (text: string): string =>
  text.replace(/=+$/, '').padEnd(Math.ceil(text.replace(/=+$/, '').length / 4) * 4, '=');

/** Strict, as the verifier is. */
function decode(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === text ? bytes : undefined;
}
