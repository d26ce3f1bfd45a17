import { setTimeout as pause } from 'node:timers/promises';
import { causesOf } from '../../causes.js';
import { type Log } from '../../log.js';
import { type BrokerAddress } from '../broker.js';
import { connectionTo } from './connection.js';
import { explainFailure, explainUnmet } from './explain.js';
import { type BrokerNeeds, unmetNeeds } from './needs.js';

export interface ProbeOptions extends BrokerNeeds {
  readonly address: BrokerAddress;
  readonly clientId: string;
  readonly log: Log;
  /** For how long a refusal must last before it is believed: topics, users and ACLs take a moment to be known everywhere. 2,000 ms by default. */
  readonly patienceMs?: number;
  /** For how long to ask a broker that does not answer; for ever by default. */
  readonly giveUpMs?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

/** What a person has to change before the broker can be used: one sentence that names the cause and the way out. */
export class BrokerRefusal extends Error {
  override readonly name = 'BrokerRefusal';
}

type Finding =
  | { readonly kind: 'sound' }
  | { readonly kind: 'refused' | 'silent'; readonly message: string; readonly cause?: unknown };

const everyMs = 250;
const saySilentEveryMs = 5_000;

/**
 * Waits until a broker answers, and makes sure that it lets us do what we are going to do. Nothing is written, joined or created.
 * @throws {BrokerRefusal} and an AbortError when the signal is aborted
 */
export async function probeBroker(options: ProbeOptions): Promise<void> {
  const { patienceMs = 2_000, giveUpMs = Infinity, log, signal } = options;
  const began = performance.now();
  let refusedSince: number | undefined;
  let saidSilentAt = -Infinity;
  for (;;) {
    const finding = await findingOf(options);
    if (finding.kind === 'sound') return;
    const now = performance.now();
    const { message, cause } = finding;
    if (finding.kind === 'refused') {
      refusedSince ??= now;
      if (now - refusedSince >= patienceMs) throw new BrokerRefusal(message, { cause });
    } else {
      refusedSince = undefined;
      if (now - began >= giveUpMs) throw new BrokerRefusal(`${message}: start it, or mend KAFKA_BROKERS`, { cause });
      if (now - saidSilentAt >= saySilentEveryMs) {
        log.warn({}, `${message}; waiting for it`);
        saidSilentAt = now;
      }
    }
    await pause(everyMs, undefined, { signal });
  }
}

/** The first broker that answers speaks for all. */
async function findingOf({ address, clientId, ...needs }: ProbeOptions): Promise<Finding> {
  const findings: Finding[] = [];
  for (const broker of address.brokers) {
    const finding = await findingAt({ ...address, brokers: [broker] }, clientId, needs);
    if (finding.kind !== 'silent') return finding;
    findings.push(finding);
  }
  return findings[0]!;
}

async function findingAt(address: BrokerAddress, clientId: string, needs: BrokerNeeds): Promise<Finding> {
  let stage: 'connecting' | 'asking' = 'connecting';
  const connection = await connectionTo(address, clientId);
  try {
    await connection.connect();
    stage = 'asking';
    if (needs.says.length + needs.hears.length === 0) await connection.metadata([]);
    const message = explainUnmet(await unmetNeeds(connection, needs), address);
    return message === undefined ? { kind: 'sound' } : { kind: 'refused', message };
  } catch (cause) {
    const message = explainFailure(cause, stage, address);
    if (message !== undefined) return { kind: 'refused', message, cause };
    return {
      kind: 'silent',
      message: `Kafka at ${address.brokers.join()} does not answer (${reasonOf(cause)})`,
      cause,
    };
  } finally {
    await connection.disconnect().catch(() => undefined);
  }
}

const reasonOf = (error: unknown): string => {
  const causes = [...causesOf(error)];
  const code = causes.map((cause) => cause.code).find((each) => typeof each === 'string');
  return code ?? causes.at(-1)?.message ?? String(error);
};
