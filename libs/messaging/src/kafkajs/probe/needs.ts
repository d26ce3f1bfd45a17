import { type Connection } from './connection.js';
import { mayJoin, mayRead, mayWrite, typeOf } from './permissions.js';

/** What somebody is going to do at the broker; every name as the broker knows it, prefix included. */
export interface BrokerNeeds {
  readonly says: readonly string[];
  readonly hears: readonly string[];
  readonly group?: string;
}

/** Which needs the broker does not meet; empty where it meets all. */
export interface Unmet {
  readonly missing: readonly string[];
  /** Such as `Read on the topic payments.v1`. */
  readonly forbidden: readonly string[];
}

/** Asks for each topic, each permission and the group. Changes nothing. */
export async function unmetNeeds(connection: Connection, { says, hears, group }: BrokerNeeds): Promise<Unmet> {
  const missing: string[] = [];
  const forbidden: string[] = [];
  const ask = async (topic: string, right: string, isAllowed: typeof mayRead) => {
    const state = await stateOf(connection, topic);
    if (state === 'missing') missing.push(topic);
    else if (state === 'hidden' || !(await isAllowed(connection, topic)))
      forbidden.push(`${right} on the topic ${topic}`);
  };
  for (const topic of says) await ask(topic, 'Write', mayWrite);
  for (const topic of hears) await ask(topic, 'Read', mayRead);
  if (group !== undefined && !(await mayJoin(connection, group))) forbidden.push(`Read on the group ${group}`);
  return { missing, forbidden };
}

async function stateOf(connection: Connection, topic: string): Promise<'there' | 'missing' | 'hidden'> {
  try {
    await connection.metadata([topic]);
  } catch (error) {
    switch (typeOf(error)) {
      case 'UNKNOWN_TOPIC_OR_PARTITION':
      case 'INVALID_TOPIC_EXCEPTION':
        return 'missing';
      case 'TOPIC_AUTHORIZATION_FAILED':
        return 'hidden';
      case undefined:
        throw error;
    }
  }
  return 'there';
}
