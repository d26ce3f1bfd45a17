import { EventEmitter } from 'node:events';
import type kafkajs from 'kafkajs';
import { memoryLog } from '../lab.specs.js';
import { KafkajsConsumer } from './consumer.js';

/** A client whose every turn the test decides. */
class Client extends EventEmitter {
  readonly events = { GROUP_JOIN: 'join', CRASH: 'crash' };
  connect = () => Promise.resolve();
  subscribe = () => Promise.resolve();
  run = () => Promise.resolve();
  disconnect = () => Promise.resolve();
}

describe('a membership', () => {
  it('has begun also when its client fell and rose again before the first join', async () => {
    const client = new Client();
    const running = new Promise<void>((resolve) => {
      client.run = () => (resolve(), Promise.resolve());
    });
    const membership = new KafkajsConsumer({
      kafka: { consumer: () => client } as unknown as kafkajs.Kafka,
      admin: { fetchTopicMetadata: () => Promise.resolve() } as unknown as kafkajs.Admin,
      group: 'order',
      topics: ['payments.v1'],
      topicPrefix: '',
      log: memoryLog(),
      sessionTimeoutMs: 10_000,
    });
    let assigned = 0;
    const started = membership.start({
      onAssigned: (partitions) => (assigned += partitions.length),
      onRecords: () => undefined,
      onFatal: (error) => {
        throw error;
      },
    });
    await running;
    await new Promise(setImmediate);
    client.emit('crash', { payload: { error: new Error('the coordinator moved'), restart: true } });
    client.emit('join', { payload: { memberAssignment: { 'payments.v1': [0, 1] } } });
    await started;
    expect(assigned).toBe(2);
    await membership.stop();
  });
});
