import { createRequire } from 'node:module';
import { payments } from '@kasir/contracts';
import { freshTopics, memoryLog, testBrokers } from '../lab.specs.js';
import { kafkajsBroker } from './broker.js';

const require = createRequire(import.meta.url);

describe('kafkajs, corrected', () => {
  it('asks for no timer that would have to fire in the past', async () => {
    const asked: unknown[] = [];
    const { setTimeout: real } = globalThis;
    const note = (work: () => void, ms?: number) => (asked.push(ms), real(work, ms));
    globalThis.setTimeout = Object.assign(note, { __promisify__: real.__promisify__ }) as typeof setTimeout;
    try {
      const topicPrefix = await freshTopics([payments]);
      const broker = kafkajsBroker({ brokers: testBrokers(), clientId: 'order', topicPrefix, log: memoryLog() });
      await broker.producer.sendBatch([{ topic: payments.name, key: 'order-1', headers: {}, body: '{}' }]);
      await broker.ping();
      await broker.close();
    } finally {
      globalThis.setTimeout = real;
    }
    expect(asked.filter((ms) => Number(ms) < 0)).toEqual([]);
  });

  it('keeps the last broker it knows when its connection closes, and forgets any other', () => {
    const { prototype } = require('kafkajs/src/cluster/brokerPool') as {
      prototype: { removeBroker(this: object, address: { host: string; port: number }): void };
    };
    const brokerAt = (nodeId: string, port: number) => ({ nodeId, connectionPool: { host: 'kafka', port } });
    const pool = { brokers: { 1: brokerAt('1', 1), 2: brokerAt('2', 2) }, seedBroker: {}, metadataExpireAt: 5 };
    prototype.removeBroker.call(pool, { host: 'kafka', port: 1 });
    expect(Object.keys(pool.brokers)).toEqual(['2']);
    prototype.removeBroker.call(pool, { host: 'kafka', port: 2 });
    expect(Object.keys(pool.brokers)).toEqual(['2']);
    expect(pool.metadataExpireAt).toBeNull();
  });
});
