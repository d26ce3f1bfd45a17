import { createRequire } from 'node:module';
import { type BrokerAddress } from '../broker.js';

/** One connection to one broker, without the retries of kafkajs' clients, which bury what went wrong first. */
export interface Connection {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  metadata(topics: readonly string[]): Promise<unknown>;
  fetch(request: {
    topics: readonly {
      topic: string;
      partitions: readonly { partition: number; fetchOffset: string; maxBytes: number }[];
    }[];
    maxWaitTime: number;
    minBytes: number;
    maxBytes: number;
  }): Promise<unknown>;
  heartbeat(request: { groupId: string; groupGenerationId: number; memberId: string }): Promise<unknown>;
  lookupRequest(apiKey: number, definitions: unknown): (fields: object) => ProtocolRequest;
  readonly connectionPool: { send(request: ProtocolRequest & { logResponseError: boolean }): Promise<unknown> };
}

interface ProtocolRequest {
  readonly request: object;
  readonly response: unknown;
}

export interface Encoder {
  writeString(value: string | null): Encoder;
  writeInt16(value: number): Encoder;
  writeInt32(value: number): Encoder;
  writeArray(items: readonly Encoder[]): Encoder;
}

// kafkajs shows its parts to nobody; its version is pinned.
const load = createRequire(import.meta.url);
const Broker = load('kafkajs/src/broker') as new (options: object) => Connection;
const connectionPoolBuilder = load('kafkajs/src/cluster/connectionPoolBuilder') as (options: object) => {
  build(): Promise<object>;
};
const socketFactory = load('kafkajs/src/network/socketFactory') as () => unknown;
const { createLogger } = load('kafkajs/src/loggers') as { createLogger(options: object): unknown };
const requests = load('kafkajs/src/protocol/requests') as { readonly requests: { readonly Produce: unknown } };
const apiKeys = load('kafkajs/src/protocol/requests/apiKeys') as { readonly Produce: number };

export const newEncoder = ((): (() => Encoder) => {
  const Class = load('kafkajs/src/protocol/encoder') as new () => Encoder;
  return () => new Class();
})();

/** @param address with the one broker to talk to */
export async function connectionTo({ brokers, ssl, sasl }: BrokerAddress, clientId: string): Promise<Connection> {
  const logger = createLogger({ level: 0, logCreator: () => () => undefined });
  const connectionPool = await connectionPoolBuilder({
    brokers,
    ssl,
    sasl,
    clientId,
    logger,
    socketFactory: socketFactory(),
    connectionTimeout: 2_000,
    requestTimeout: 3_000,
    enforceRequestTimeout: true,
  }).build();
  return new Broker({ connectionPool, logger, authenticationTimeout: 3_000, allowAutoTopicCreation: false });
}

/** A produce request of the version that the broker speaks, with a body of our own. */
export function sendProduce(connection: Connection, body: Encoder): Promise<unknown> {
  const produce = connection.lookupRequest(apiKeys.Produce, requests.requests.Produce);
  const { request, response } = produce({ acks: -1, timeout: 1_000, topicData: [] });
  const encode = () => Promise.resolve(body);
  return connection.connectionPool.send({ request: { ...request, encode }, response, logResponseError: false });
}
