import { payments } from '@kasir/contracts';
import { bearingLosses } from '@kasir/kernel';
import { type Consumer, createMessaging, type Log, type Messaging } from '@kasir/messaging';
import { typeormDatabase } from '@kasir/messaging-nest';
import { DataSource } from 'typeorm';
import { type Place } from './place.js';

const nothing = (): void => undefined;
const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export interface Service {
  readonly messaging: Messaging;
  stop(): Promise<void>;
}

async function open(
  service: 'notification' | 'order',
  url: string,
  { brokers, prefix }: Place,
  sessionTimeoutMs?: number,
): Promise<Service> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    poolSize: 10,
    poolErrorHandler: nothing,
    extra: bearingLosses,
  });
  await dataSource.initialize();
  const messaging = createMessaging({
    service,
    database: typeormDatabase(dataSource),
    brokers: { brokers, requestTimeoutMs: 5_000, ...(sessionTimeoutMs === undefined ? {} : { sessionTimeoutMs }) },
    topicPrefix: prefix,
    log: quiet,
    onFatal: (error) => {
      throw error;
    },
  });
  return {
    messaging,
    async stop() {
      await messaging.stop();
      await dataSource.destroy();
    },
  };
}

/** Says news about payments through its outbox. */
export async function openSpeaker(place: Place, url = place.speaker): Promise<Service> {
  const service = await open('notification', url, place);
  service.messaging.relay.start();
  return service;
}

/** Hears them, and writes one row for each in the transaction of its receipt. */
export async function openListener(
  place: Place,
  { url = place.listener, sessionTimeoutMs }: { url?: string; sessionTimeoutMs?: number | undefined } = {},
): Promise<Service & { readonly consumer: Consumer }> {
  const service = await open('order', url, place, sessionTimeoutMs);
  const consumer = service.messaging.consumer([
    {
      topic: payments,
      async handle({ sequence, data: { orderId } }, { tx }) {
        await tx.query('insert into effects (order_id, sequence) values ($1, $2)', [orderId, sequence]);
      },
    },
  ]);
  await consumer.start();
  return { ...service, consumer };
}
