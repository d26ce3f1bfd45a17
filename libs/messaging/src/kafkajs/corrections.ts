import { createRequire } from 'node:module';

/** Two corrections of kafkajs 2.2.4, whose own repository takes none any more. */
const require = createRequire(import.meta.url);

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(this: RequestQueue): void;
}
const { prototype: queue } = require('kafkajs/src/network/requestQueue') as { readonly prototype: RequestQueue };
const schedule = queue.scheduleCheckPendingRequests;

/**
 * It looks for pending requests every millisecond, also when there are none, and Node warns of the negative time-out it asks for.
 * Whoever adds a pending request schedules the look itself, so without one there is nothing to schedule.
 */
queue.scheduleCheckPendingRequests = function (this: RequestQueue): void {
  if (this.pending.length > 0) schedule.call(this);
};

interface BrokerPool {
  readonly brokers: Readonly<Record<string, unknown>>;
  metadataExpireAt: number | null;
  removeBroker(this: BrokerPool, address: { host: string; port: number }): void;
}
const { prototype: pool } = require('kafkajs/src/cluster/brokerPool') as { readonly prototype: BrokerPool };
const remove = pool.removeBroker;

/**
 * It forgets a broker whose connection closed. Without the last one a consumer gives up, comes back as a new member,
 * and its partitions wait until the old member's session is over.
 */
pool.removeBroker = function (this: BrokerPool, address): void {
  if (Object.keys(this.brokers).length > 1) remove.call(this, address);
  else this.metadataExpireAt = null;
};
