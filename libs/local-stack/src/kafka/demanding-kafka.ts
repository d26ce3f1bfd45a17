import { freePort } from '../processes/ports.js';
import { privateAuthority } from './certificate.js';
import { type KafkaHandle, type KafkaOptions } from './kafka-handle.js';
import { ownKafka } from './own-kafka.js';

export interface DemandingKafka extends KafkaHandle {
  /** Demand TLS and a login, and allow what access lists allow. The plain `brokers` ask nobody and allow everything. */
  readonly secureBrokers: string[];
  /** PEM of the authority that signed the broker's certificate; no machine trusts it by itself. */
  readonly authority: string;
}

interface Demands extends Omit<KafkaOptions, 'brokers' | 'particulars'> {
  /** Name to password; each may log in by PLAIN and by SCRAM-SHA-256 and -512. */
  readonly users: Readonly<Record<string, string>>;
}

const scrams = ['SCRAM-SHA-256', 'SCRAM-SHA-512'];

/** An Apache Kafka of our own as production has it: TLS, passwords, access lists. For tests of what happens at its door. */
export async function demandingKafka({ users, ...options }: Demands): Promise<DemandingKafka> {
  const { authority, server } = privateAuthority();
  const secureBroker = `127.0.0.1:${await freePort()}`;
  const kafka = await ownKafka({
    ...options,
    particulars: {
      listeners: [`SASL_SSL://${secureBroker}`],
      formatArguments: Object.entries(users).flatMap(([name, password]) =>
        scrams.flatMap((scram) => ['--add-scram', `${scram}=[name=${name},password=${password}]`]),
      ),
      properties: {
        'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL',
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.certificate.chain': server.certificate,
        'ssl.keystore.key': server.privateKey,
        'sasl.enabled.mechanisms': ['PLAIN', ...scrams].join(),
        'listener.name.sasl_ssl.plain.sasl.jaas.config': plainUsers(users),
        ...Object.fromEntries(scrams.map((scram) => [jaasOf(scram), `${security}.scram.ScramLoginModule required;`])),
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'super.users': 'User:ANONYMOUS',
      },
    },
  });
  return { ...kafka, secureBrokers: [secureBroker], authority: authority.certificate };
}

const security = 'org.apache.kafka.common.security';

const jaasOf = (mechanism: string): string => `listener.name.sasl_ssl.${mechanism.toLowerCase()}.sasl.jaas.config`;

const plainUsers = (users: Demands['users']): string =>
  `${security}.plain.PlainLoginModule required ${Object.entries(users)
    .map(([name, password]) => `user_${name}="${password}"`)
    .join(' ')};`;
