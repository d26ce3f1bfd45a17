import { type Candidate } from './candidate.js';
import { type Expectation, type Finding, type NamedKey } from './case.js';
import { keyVersionOf } from './headers.js';
import { finding } from './remedies.js';
import { signedDigest } from './signed-digest.js';

/** Which key made a signature, in which spelling of the header, and what was signed. */
export interface Origin {
  readonly key: NamedKey;
  readonly digest: Buffer;
  readonly findings: readonly Finding[];
}

/** Finds the key that made the signature: of those that we trust, then of those that may have been mixed up. */
export function originOf(
  spellings: readonly Candidate<Buffer>[],
  header: string,
  { publicKeys, otherKeys = [], ownPublicKey }: Expectation,
): Origin | undefined {
  const own = ownPublicKey === undefined ? [] : [{ name: 'our own key', key: ownPublicKey }];
  for (const key of [...publicKeys, ...otherKeys, ...own])
    for (const { value, finding: spelt } of spellings) {
      const digest = signedDigest(value, key.key);
      if (digest === undefined) continue;
      const findings = [...(spelt === undefined ? [] : [spelt]), ...untrusted(key, publicKeys, header)];
      return { key, digest, findings };
    }
  return undefined;
}

function untrusted(key: NamedKey, trusted: readonly NamedKey[], header: string): Finding[] {
  if (trusted.includes(key)) return [];
  const names = trusted.map(({ name }) => name).join(', ') || 'no key at all';
  const environment = ['sandbox', 'production'].includes(key.name);
  const said = `it was made by ${key.name} (${versionIn(header)}), and we trust ${names}`;
  return [finding(environment ? 'environment mixed up' : 'other key', said)];
}

/** What can be said of the keys before anything is tried. */
export const trustProblems = ({ publicKeys, ownPublicKey }: Expectation): Finding[] =>
  publicKeys
    .filter(({ key }) => ownPublicKey !== undefined && key.equals(ownPublicKey))
    .map(({ name }) => finding('own key trusted', `${name} is our own public key`));

/** None of the keys that we have been given made the signature. */
export const noKey = (header: string, { publicKeys, otherKeys = [] }: Expectation): Finding =>
  finding(
    'other key',
    `none of the keys at hand made it (${[...publicKeys, ...otherKeys].map(({ name }) => name).join(', ') || 'there are none'}); ` +
      `the header says ${versionIn(header)}`,
  );

function versionIn(header: string): string {
  const version = keyVersionOf(header);
  return version === undefined ? 'no keyVersion' : `keyVersion=${version}`;
}
