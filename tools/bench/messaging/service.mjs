import { createMessaging } from '@kasir/messaging';
import { typeormDatabase } from '@kasir/messaging-nest';
import { DataSource } from 'typeorm';

const nothing = () => undefined;
const log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: (fields, message) => console.error(message, fields),
};

/** A service's messaging over a service's pool. */
export async function service(name, { url, brokers, prefix }) {
  const dataSource = await new DataSource({ type: 'postgres', url, poolSize: 10 }).initialize();
  const messaging = createMessaging({
    service: name,
    database: typeormDatabase(dataSource),
    brokers: { brokers },
    topicPrefix: prefix,
    log,
    onFatal: (error) => {
      throw error;
    },
  });
  return { messaging, stop: async () => (await messaging.stop(), dataSource.destroy()) };
}
