/** Makes forgeries and asks the verifier about each, directly or as a webhook. */
import { performance } from 'node:perf_hooks';
import { readNotification, readSignatureHeader, verifySignature } from '@kasir/antom';
import { genuine } from './corpus.mjs';
import { forgeries } from './forgeries.mjs';
import { verifications } from './verification-count.mjs';

const kinds = Object.keys(forgeries);

const doors = {
  verifier: ({ header, keys, ...message }) => verifySignature(message, header, keys).kind === 'valid',
  webhook: ({ method, path, clientId, time, body, header, keys }, ours) =>
    readNotification(
      {
        method,
        path,
        headers: { 'client-id': clientId, 'request-time': time, signature: header },
        rawBody: body,
      },
      { clientId: ours, publicKeys: keys },
    ).kind !== 'unverified',
};

/** What is signed, and the signature: a call with all of this is Antom's, however its header is spelt. */
const isTrue = (call, original) =>
  sameHead(call, original) &&
  call.body.equals(original.body) &&
  readSignatureHeader(call.header).signature === readSignatureHeader(original.header).signature;

const sameHead = (call, original) =>
  ['method', 'path', 'clientId', 'time'].every((part) => call[part] === original[part]);

/** A true call may be refused for naming another algorithm. */
const namesOtherAlgorithm = ({ header }, original) =>
  readSignatureHeader(header).algorithm !== readSignatureHeader(original.header).algorithm;

/** One question to the verifier: its answer, how long it took in microseconds, how many RSA verifications. */
function ask(door, call, ours) {
  const before = verifications();
  const began = performance.now();
  try {
    const accepted = doors[door](call, ours);
    return { accepted, microseconds: (performance.now() - began) * 1000, tried: verifications() - before };
  } catch (error) {
    return { crash: String(error) };
  }
}

function judge(call, original, { accepted, crash, tried }) {
  const same = isTrue(call, original);
  return {
    changed: !same || call.header !== original.header,
    changedBodies: !call.body.equals(original.body),
    changedHeaders: call.header !== original.header || !sameHead(call, original),
    forgedAccepted: accepted === true && !same,
    genuineRefused: accepted === false && same && !namesOtherAlgorithm(call, original),
    keyTriedTwice: tried > call.keys.length,
    crashes: crash !== undefined,
  };
}

const mustNotBe = ['forgedAccepted', 'genuineRefused', 'keyTriedTwice', 'crashes'];

/** How long answers took, on a machine that did other things too. */
const spread = (sorted) =>
  Object.fromEntries(
    Object.entries({ median: 0.5, 'p99.9': 0.999, 'p99.99': 0.9999, slowest: 1 }).map(([name, share]) => [
      name,
      Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]),
    ]),
  );

/** @returns counts, how long answers took, and in `found` whatever must not be */
export function attack(random, runs, tick) {
  const counts = { runs, byKind: Object.fromEntries(kinds.map((kind) => [kind, 0])) };
  const found = [];
  const durations = new Float32Array(runs);
  for (let run = 0; run < runs; run += 1) {
    if (run % 100_000 === 0) tick(run);
    const original = random.pick(genuine);
    const kind = random.pick(kinds);
    const call = forgeries[kind](original, random, genuine);
    const door = random.pick(Object.keys(doors));
    const answer = ask(door, call, original.clientId);
    const verdict = judge(call, original, answer);
    counts.byKind[kind] += 1;
    for (const [name, is] of Object.entries(verdict)) counts[name] = (counts[name] ?? 0) + (is ? 1 : 0);
    durations[run] = answer.microseconds ?? 0;
    if (mustNotBe.some((name) => verdict[name])) found.push({ run, kind, door, original: original.name, ...verdict });
  }
  return { counts, found, microseconds: spread(durations.sort()) };
}
