import { type Candidate, distinct, itself } from './candidate.js';
import { type Expectation, type Finding, type SuspectCall } from './case.js';
import { finding } from './remedies.js';

/** Headers in which proxies note the path that they were called with. */
const originalPathHeaders = [
  'x-original-uri',
  'x-original-url',
  'x-forwarded-uri',
  'x-rewrite-url',
  'x-envoy-original-path',
];

interface Place {
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
}

/** A path with its query, or a whole URL. What is signed keeps the spelling of its escapes. */
export function placeOf(url: string): Place {
  const [, path = '', query = ''] = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?/i.exec(url) ?? [];
  return { path: path === '' ? '/' : path, query };
}

type Header = (name: string) => string | undefined;

const knownPlaces = (header: Header, { publicUrl }: Expectation): Place[] =>
  [publicUrl, ...originalPathHeaders.map(header)].filter((url) => url !== undefined).map(placeOf);

/** What the path may have been when it was signed. */
export function paths({ url }: SuspectCall, header: Header, expected: Expectation): Candidate<string>[] {
  const { path } = placeOf(url);
  const prefixes = [...(expected.prefixes ?? []), header('x-forwarded-prefix')].filter(
    (prefix) => prefix !== undefined,
  );
  const others = [
    ...knownPlaces(header, expected).map((place) => place.path),
    ...prefixes.map((prefix) => prefix.replace(/\/$/, '') + path),
    ...shorter(path),
    path.endsWith('/') ? path.slice(0, -1) : `${path}/`,
    encodeURI(path),
    decoded(path),
  ].filter((other) => other !== '');
  return distinct([{ value: path }, ...others.map((value) => ({ value, finding: explain(path, value) }))], itself);
}

/** What the query may have been when it was signed. */
export function queries({ url }: SuspectCall, header: Header, expected: Expectation): Candidate<string>[] {
  const { query } = placeOf(url);
  const others = ['', ...knownPlaces(header, expected).map((place) => place.query)];
  const explained = others.map((value) => ({ value, finding: finding('query', explainQuery(query, value)) }));
  return distinct([{ value: query }, ...explained], itself);
}

function explainQuery(seen: string, signed: string): string {
  if (signed === '') return `we see the query ${seen}; signed was the path without one`;
  return seen === '' ? `signed was the path with the query ${signed}; we see none` : `signed was the query ${signed}`;
}

function explain(seen: string, signed: string): Finding {
  if (signed.endsWith(seen))
    return finding(
      'path prefix cut off',
      `signed was ${signed}, we see ${seen}: ${signed.slice(0, -seen.length)} is cut off`,
    );
  if (seen.endsWith(signed))
    return finding(
      'path prefix added',
      `signed was ${signed}, we see ${seen}: ${seen.slice(0, -signed.length)} is added`,
    );
  return finding('other path', `signed was ${signed}, we see ${seen}`);
}

/** `/a/b/c` without its first parts: `/b/c`, `/c`. */
function shorter(path: string): string[] {
  const parts = path.split('/').slice(1);
  return parts.slice(1).map((_, at) => `/${parts.slice(at + 1).join('/')}`);
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
