import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { topics } from '@kasir/contracts';
import { bearLosses } from '@kasir/kernel';
import { applyTopics, type DemandingKafka, demandingKafka } from '@kasir/local-stack';
import kafkajs, { type AclEntry, type Admin } from 'kafkajs';
import pg from 'pg';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, logLevel, ResourcePatternTypes } = kafkajs;

/** Name to password, as the demanding broker knows them. */
export const users = { order: 'order-secret', stranger: 'stranger-secret', reader: 'reader-secret' };
type User = keyof typeof users;

export interface Door {
  readonly kafka: DemandingKafka;
  readonly admin: Admin;
  allow(user: User, right: 'READ' | 'WRITE', what: 'TOPIC' | 'GROUP', name: string): Promise<void>;
  close(): Promise<void>;
}

/** A broker that demands TLS and a login and allows nothing yet, with every topic of Kasir. */
export async function openDoor(): Promise<Door> {
  const folder = mkdtempSync(join(tmpdir(), 'kasir-door-'));
  const cacheFolder = fileURLToPath(new URL('../../../.local/cache', import.meta.url));
  const kafka = await demandingKafka({ folder, cacheFolder, port: 0, users });
  await applyTopics(
    kafka.brokers,
    topics.map(({ name }) => ({ name, partitions: 2 })),
  );
  const admin = new Kafka({ brokers: kafka.brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  return {
    kafka,
    admin,
    allow: async (user, right, what, name) => {
      await admin.createAcls({ acl: [entry(user, right, what, name)] });
    },
    async close() {
      await admin.disconnect();
      await kafka.stop();
      await rm(folder, { recursive: true });
    },
  };
}

const entry = (user: User, right: 'READ' | 'WRITE', what: 'TOPIC' | 'GROUP', name: string): AclEntry => ({
  principal: `User:${user}`,
  host: '*',
  operation: AclOperationTypes[right],
  permissionType: AclPermissionTypes.ALLOW,
  resourceType: AclResourceTypes[what],
  resourceName: name,
  resourcePatternType: ResourcePatternTypes.LITERAL,
});

/** A new, empty database. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env['TEST_POSTGRES_ADMIN_URL'];
  if (server === undefined) throw new Error('TEST_POSTGRES_ADMIN_URL is not set: run the tests with `npm test`');
  const name = `test_service_${randomBytes(6).toString('hex')}`;
  await query(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: async () => void (await query(server, `drop database ${name} with (force)`)) };
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = bearLosses(new pg.Client(url));
  await client.connect();
  return client
    .query<Record<string, unknown>>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}
