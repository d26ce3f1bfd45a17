import { bearingLosses } from '@kasir/kernel';
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
  const dataSource = await new DataSource({
    type: 'postgres',
    ...placeOf(url),
    poolSize: 10,
    extra: bearingLosses,
  }).initialize();
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

/** TypeORM takes a socket's folder as a host, but not out of a URL. */
function placeOf(url) {
  const { hostname, port, username, password, pathname } = new URL(url);
  const names = { username, password: decodeURIComponent(password), database: pathname.slice(1) };
  return { host: decodeURIComponent(hostname), port: Number(port), ...names };
}
