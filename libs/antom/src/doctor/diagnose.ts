import { headerReader } from '../headers.js';
import { stringToSign } from '../signatures/index.js';
import { bodies } from './bodies.js';
import { type Candidate } from './candidate.js';
import { type Diagnosis, type Expectation, type Finding, type SuspectCall } from './case.js';
import { oddities, signatures } from './headers.js';
import { noKey, type Origin, originOf, trustProblems } from './keys.js';
import { paths, queries } from './paths.js';
import { finding } from './remedies.js';
import { type Parts, search } from './search.js';
import { clientProblem, clients, times } from './senders.js';

/**
 * Says why the signature of a call does not verify. It takes the digest out of the signature, so that a wrong key is
 * told from a changed message, and then looks for the message that was signed. Never throws; ends after a bounded
 * number of tries.
 */
export function diagnose(call: SuspectCall, expected: Expectation): Diagnosis {
  const header = headerReader(call.headers);
  const signature = header('signature');
  const certain = [
    ...present([clientProblem(header('client-id'), expected.clientId), timeProblem(header('request-time'))]),
    ...trustProblems(expected),
    ...oddities(signature ?? ''),
  ];
  const found = signatures(signature);
  if ('cause' in found) return unexplained('there is no signature to look at', [found, ...certain], 0);
  if (found.length === 0) return unexplained('the signature is no Base64', [garbled, ...certain], 0);
  const origin = originOf(found, signature ?? '', expected);
  if (origin === undefined)
    return unexplained(
      'the key that made the signature is not at hand',
      [noKey(signature ?? '', expected), ...certain],
      0,
    );
  return explain(origin, partsOf(call, header, expected), certain);
}

function explain({ key, digest, findings }: Origin, parts: Parts, certain: readonly Finding[]): Diagnosis {
  const { findings: changed, tried } = search(parts, digest);
  if (changed === undefined) {
    const summary = `${key.name} made the signature, of another message than this: ${asSeen(parts)}`;
    return unexplained(summary, [...findings, ...certain], tried);
  }
  const all = merged([...certain, ...findings, ...changed]);
  const harmless = all.every(({ cause }) => cause === 'not URL-encoded');
  return harmless ? { kind: 'valid', key: key.name, findings: all } : { kind: 'explained', findings: all, tried };
}

const garbled = finding('header decoded wrongly', 'the signature cannot be read as Base64, however it is spelt');

const timeProblem = (time: string | undefined): Finding | undefined =>
  time === undefined ? finding('missing header', 'there is no Request-Time header') : undefined;

function partsOf(call: SuspectCall, header: (name: string) => string | undefined, expected: Expectation): Parts {
  const method: Candidate<string>[] = [
    { value: call.method },
    ...(call.method === 'POST'
      ? []
      : [{ value: 'POST', finding: finding('other method', `signed was POST, we see ${call.method}`) }]),
  ];
  return {
    method,
    path: paths(call, header, expected),
    query: queries(call, header, expected),
    clientId: clients(header('client-id'), expected),
    time: times(header),
    body: bodies(call, expected),
  };
}

/** The head of what we would have signed, for a comparison with whatever Antom's support says. */
function asSeen({ method, path, query, clientId, time, body }: Parts): string {
  const message = {
    method: method[0]?.value ?? '',
    path: (path[0]?.value ?? '') + (query[0]?.value ?? ''),
    clientId: clientId[0]?.value ?? '',
    time: time[0]?.value ?? '',
    body: new Uint8Array(),
  };
  const bytes = body[0]?.value.length ?? 0;
  return `${JSON.stringify(stringToSign(message).toString('utf8'))} and ${bytes} bytes of body`;
}

const unexplained = (summary: string, findings: readonly Finding[], tried: number): Diagnosis => ({
  kind: 'unexplained',
  summary,
  findings: merged(findings),
  tried,
});

/** One finding per cause: the first says most. */
const merged = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ cause }, at) => findings.findIndex((other) => other.cause === cause) === at);

const present = (findings: readonly (Finding | undefined)[]): Finding[] =>
  findings.filter((each) => each !== undefined);
