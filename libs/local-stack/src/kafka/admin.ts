import './corrections.js';
import { type Admin, Kafka, logLevel } from 'kafkajs';

/** Connects an administrator, lets it do its work, and disconnects it. */
export async function asAdmin<Result>(
  brokers: readonly string[],
  work: (admin: Admin) => Promise<Result>,
  retries = 8,
): Promise<Result> {
  const kafka = new Kafka({
    clientId: 'kasir-local-stack',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    retry: { retries, initialRetryTime: 100, maxRetryTime: 1_000 },
  });
  const admin = kafka.admin();
  await admin.connect();
  return work(admin).finally(() => admin.disconnect());
}
