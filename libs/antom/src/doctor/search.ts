import { createHash } from 'node:crypto';
import { type SignedMessage, stringToSign } from '../signatures/index.js';
import { type Candidate } from './candidate.js';
import { type Finding } from './case.js';

/** What each part of the message may have been. */
export interface Parts {
  readonly method: readonly Candidate<string>[];
  readonly path: readonly Candidate<string>[];
  readonly query: readonly Candidate<string>[];
  readonly clientId: readonly Candidate<string>[];
  readonly time: readonly Candidate<string>[];
  readonly body: readonly Candidate<Uint8Array>[];
}

/** However odd a call is, the search ends after so many digests. */
export const mostTries = 100_000;

export interface Found {
  readonly findings: readonly Finding[] | undefined;
  readonly tried: number;
}

/**
 * Looks for the message that was signed: first as we see it, then with one part changed, then two, then three.
 * So the simplest explanation wins.
 */
export function search(parts: Parts, digest: Buffer): Found {
  let tried = 0;
  for (let changes = 0; changes <= 3; changes += 1)
    for (const choice of choices(parts, changes)) {
      if (tried === mostTries) return { findings: undefined, tried };
      tried += 1;
      const message = messageOf(choice);
      if (createHash('sha256').update(stringToSign(message)).digest().equals(digest))
        return { findings: findingsOf(choice), tried };
    }
  return { findings: undefined, tried };
}

type Choice = { readonly [Part in keyof Parts]: Parts[Part][number] };
const names = ['method', 'path', 'query', 'clientId', 'time', 'body'] as const satisfies readonly (keyof Parts)[];

/** Every way to take one candidate of each part so that exactly so many need an explanation. */
function* choices(parts: Parts, changes: number, at = 0, chosen: Partial<Choice> = {}): Generator<Choice> {
  const name = names[at];
  if (name === undefined) {
    if (changes === 0) yield chosen as Choice;
    return;
  }
  for (const candidate of parts[name]) {
    const left = changes - (candidate.finding === undefined ? 0 : 1);
    if (left >= 0) yield* choices(parts, left, at + 1, { ...chosen, [name]: candidate });
  }
}

const messageOf = ({ method, path, query, clientId, time, body }: Choice): SignedMessage => ({
  method: method.value,
  path: path.value + query.value,
  clientId: clientId.value,
  time: time.value,
  body: body.value,
});

const findingsOf = (choice: Choice): Finding[] =>
  names.flatMap((name) => (choice[name].finding === undefined ? [] : [choice[name].finding]));
