import { type Messaging } from '@kasir/messaging';
import { type KafkaStrategy } from '@kasir/messaging-nest';
import { type Health } from '@kasir/platform';
import { type DataSource } from 'typeorm';

/** After this long without a word from the broker a service counts as cut off from it, in milliseconds. */
const silentMs = 5_000;

interface Watched {
  readonly dataSource: DataSource;
  readonly messaging: Messaging;
  readonly strategy: KafkaStrategy;
}

/** What has to be true before a service takes work: its database, the broker, its place in the group. */
export function watchHealth(health: Health, { dataSource, messaging, strategy }: Watched): void {
  health.check('database', async () => void (await dataSource.query('select 1')));
  health.check('broker', () => {
    const silent = messaging.relay.brokerSilentMs();
    if (silent >= silentMs) throw new Error(`the broker has been silent for ${Math.round(silent / 1000)} s`);
  });
  health.check('consumer', () => {
    const { ok, reason } = strategy.health();
    if (!ok) throw new Error(reason);
  });
}
