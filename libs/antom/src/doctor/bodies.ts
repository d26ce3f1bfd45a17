import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../json.js';
import { type Candidate, distinct } from './candidate.js';
import { type Expectation, type SuspectCall } from './case.js';
import { firstDifference } from './first-difference.js';
import { spellingsOf } from './json-spellings.js';
import { finding } from './remedies.js';

/** A longer body is not printed in a hundred ways: no notification of Antom comes near. */
const longestToRespell = 256 * 1024;

/** What the body may have been when it was signed. */
export function bodies({ rawBody }: SuspectCall, { sentBody }: Expectation): Candidate<Uint8Array>[] {
  const seen = Buffer.from(rawBody);
  return distinct(
    [
      { value: seen },
      ...(sentBody === undefined ? [] : [asSent(seen, Buffer.from(sentBody))]),
      ...repairs(seen).map(({ name, value }) => respelt(seen, value, name)),
      ...respellings(seen).map(({ name, text }) => respelt(seen, Buffer.from(text), `printed anew (${name})`)),
    ],
    (body) => Buffer.from(body).toString('latin1'),
  );
}

function asSent(seen: Buffer, sent: Buffer): Candidate<Uint8Array> {
  const value = parseJson(seen);
  const same = value !== undefined && isDeepStrictEqual(value, parseJson(sent));
  return same
    ? respelt(seen, sent, 'as the sent one')
    : { value: sent, finding: finding('body changed', firstDifference(seen, sent)) };
}

const respelt = (seen: Buffer, value: Buffer, how: string): Candidate<Uint8Array> => ({
  value,
  finding: finding('body re-serialised', `signed was the body ${how}; ${firstDifference(seen, value)}`),
});

function respellings(seen: Buffer) {
  const value = seen.length > longestToRespell ? undefined : parseJson(seen);
  return value === undefined ? [] : spellingsOf(value);
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** What editors, proxies and frameworks do to text without reading it. */
function repairs(seen: Buffer): { name: string; value: Buffer }[] {
  const text = seen.toString('utf8');
  return [
    { name: 'with a line end at the end', value: Buffer.concat([seen, Buffer.from('\n')]) },
    { name: 'without the line end at the end', value: Buffer.from(text.replace(/\r?\n$/, '')) },
    { name: 'with Unix line ends', value: Buffer.from(text.replaceAll('\r\n', '\n')) },
    { name: 'with Windows line ends', value: Buffer.from(text.replace(/\r?\n/g, '\r\n')) },
    { name: 'without a byte order mark', value: Buffer.from(text.replace(/^\ufeff/, '')) },
    { name: 'with a byte order mark', value: Buffer.concat([byteOrderMark, seen]) },
    { name: 'in UTF-8, before it was read as Latin-1', value: Buffer.from(text, 'latin1') },
  ];
}
