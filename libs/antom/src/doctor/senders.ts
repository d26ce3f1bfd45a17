import { isSandbox } from '../environment.js';
import { parseRequestTime } from '../times.js';
import { type Candidate, distinct, itself } from './candidate.js';
import { type Expectation, type Finding } from './case.js';
import { finding } from './remedies.js';

const sandboxPrefix = 'SANDBOX_';
const environmentOf = (clientId: string): string => (isSandbox(clientId) ? 'sandbox' : 'production');

/** What is wrong with the client id, whatever was signed. */
export function clientProblem(seen: string | undefined, expected: string): Finding | undefined {
  if (seen === undefined) return finding('missing header', 'there is no Client-Id header');
  if (seen === expected) return undefined;
  if (isSandbox(seen) !== isSandbox(expected))
    return finding(
      'environment mixed up',
      `the call is for ${seen} (${environmentOf(seen)}), we are ${expected} (${environmentOf(expected)})`,
    );
  return finding('other client id', `the call is for ${seen}, we are ${expected}`);
}

/** Whom the message may have been signed for. */
export function clients(seen: string | undefined, expected: Expectation): Candidate<string>[] {
  const own = expected.clientId;
  const twin = isSandbox(own) ? own.slice(sandboxPrefix.length) : sandboxPrefix + own;
  const others = [own, ...(expected.otherClientIds ?? []), twin];
  const explained = others.map((value) => ({
    value,
    finding: finding('other client id', `signed was for ${value}, the header says ${seen ?? 'nothing'}`),
  }));
  return distinct([...(seen === undefined ? [] : [{ value: seen }]), ...explained], itself);
}

type Header = (name: string) => string | undefined;

/** Which time may have been signed. */
export function times(header: Header): Candidate<string>[] {
  const seen = header('request-time');
  const others = ['response-time', 'date', 'x-request-time', 'timestamp'].map((name) => [name, header(name)] as const);
  return distinct(
    [
      ...(seen === undefined ? [] : [{ value: seen }]),
      ...others.flatMap(([name, value]) =>
        value === undefined
          ? []
          : [
              {
                value,
                finding: finding('wrong time header', `signed was the header ${name} (${value}), not Request-Time`),
              },
            ],
      ),
      ...respelt(seen).map((value) => ({
        value,
        finding: finding('wrong time header', `signed was ${value}; Request-Time has been rewritten as ${seen}`),
      })),
    ],
    itself,
  );
}

/** The same moment in the other form, and in the zones that Antom's clocks show. */
function respelt(seen: string | undefined): string[] {
  const moment = seen === undefined ? undefined : parseRequestTime(seen);
  if (moment === undefined) return [];
  const iso = (hours: number) => new Date(moment.getTime() + hours * 3_600_000).toISOString().slice(0, 19);
  return [
    String(moment.getTime()),
    `${iso(0)}Z`,
    `${iso(0)}+00:00`,
    `${iso(8)}+08:00`,
    `${iso(7)}+07:00`,
    moment.toISOString(),
  ];
}
