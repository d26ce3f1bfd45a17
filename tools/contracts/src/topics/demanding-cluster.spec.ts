import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DemandingKafka, demandingKafka } from '@kasir/local-stack';
import { type Environment } from '@kasir/platform';
import kafkajs from 'kafkajs';
import { kafkaOf, parcels, topicsCommand } from './lab.specs.js';

const { AclOperationTypes: May, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

describe('the topics of a cluster that demands TLS, a login and permissions', () => {
  const users = { admin: 'admin-secret', stranger: 'stranger-secret' };
  const folder = mkdtempSync(join(tmpdir(), 'kasir-topics-'));
  let kafka: DemandingKafka;
  beforeAll(async () => {
    const cacheFolder = fileURLToPath(new URL('../../../../.local/cache', import.meta.url));
    kafka = await demandingKafka({ folder, cacheFolder, port: 0, users });
    await allowAdmin();
  });
  afterAll(async () => {
    await kafka.stop();
    await rm(folder, { recursive: true });
  });

  async function allowAdmin(): Promise<void> {
    const admin = kafkaOf(kafka.brokers).admin();
    await admin.connect();
    await admin.createAcls({
      acl: [May.CREATE, May.DESCRIBE, May.DESCRIBE_CONFIGS, May.ALTER, May.ALTER_CONFIGS].map((operation) => ({
        principal: 'User:admin',
        host: '*',
        operation,
        permissionType: AclPermissionTypes.ALLOW,
        resourceType: AclResourceTypes.TOPIC,
        resourceName: 'shop.',
        resourcePatternType: ResourcePatternTypes.PREFIXED,
      })),
    });
    await admin.disconnect();
  }

  const as = (user: keyof typeof users, words: string, env: Environment = {}) =>
    topicsCommand(words, [parcels], {
      KAFKA_BROKERS: kafka.secureBrokers.join(),
      KAFKA_SSL: 'true',
      KAFKA_SSL_CA: kafka.authority,
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-256',
      KAFKA_SASL_USERNAME: user,
      KAFKA_SASL_PASSWORD: users[user],
      TOPIC_PREFIX: 'shop.',
      ...env,
    });

  it('are made and checked by a user who may', async () => {
    expect(await as('admin', 'plan')).toMatchObject({ code: 2 });
    expect(await as('admin', 'apply')).toMatchObject({ code: 0 });
    expect(await as('admin', 'plan', { KAFKA_SASL_MECHANISM: 'PLAIN' })).toMatchObject({ code: 0 });
  });

  it('are not shown to a user who may not, and the line says what to allow', async () => {
    const { code, printed } = await as('stranger', 'plan');
    expect(code).toBe(1);
    expect(printed).toBe(
      'topics: Kafka does not allow stranger to look after topics (TOPIC_AUTHORIZATION_FAILED): give Describe, ' +
        'DescribeConfigs, Create, Alter and AlterConfigs on the topics shop.*, and Describe on groups',
    );
  });

  it.each([
    ['a wrong password', { KAFKA_SASL_PASSWORD: 'guessed' }, /does not let the user admin in: set KAFKA_SASL_USERNAME/],
    ['an unknown authority', { KAFKA_SSL_CA: '' }, /not trusted here: set KAFKA_SSL_CA_FILE/],
    [
      'no login',
      { KAFKA_SASL_MECHANISM: '', KAFKA_SASL_USERNAME: '', KAFKA_SASL_PASSWORD: '' },
      /hangs up on whoever is not logged in: set KAFKA_SASL_MECHANISM/,
    ],
  ])('are not touched with %s', async (_, env, expected) => {
    const { code, printed } = await as('admin', 'apply', env);
    expect(code).toBe(1);
    expect(printed).toMatch(expected);
    expect(printed).not.toMatch(/\n|guessed/);
  });
});
