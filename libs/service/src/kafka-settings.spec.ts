import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { type Environment, loadConfig } from '@kasir/platform';
import { brokerAddress, kafkaSettings } from './kafka-settings.js';

const address = (env: Environment) =>
  brokerAddress('order', loadConfig('order', kafkaSettings, { KAFKA_BROKERS: 'kafka:9092', ...env }));
const login = {
  KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
  KAFKA_SASL_USERNAME: 'order',
  KAFKA_SASL_PASSWORD: 'geheim',
};
const [ca, otherCa] = rootCertificates as [string, string];

describe('the way to Kafka', () => {
  it('is plain, and without a login, unless the environment says more', () => {
    expect(address({})).toEqual({ brokers: ['kafka:9092'] });
  });

  it.each([
    ['PLAIN', 'plain'],
    ['SCRAM-SHA-256', 'scram-sha-256'],
    ['scram-sha-512', 'scram-sha-512'],
  ])('may have a login by %s', (KAFKA_SASL_MECHANISM, mechanism) => {
    expect(address({ ...login, KAFKA_SASL_MECHANISM }).sasl).toEqual({
      mechanism,
      username: 'order',
      password: 'geheim',
    });
  });

  it('may be encrypted, with the authorities that everybody trusts', () => {
    expect(address({ KAFKA_SSL: 'true' }).ssl).toBe(true);
  });

  it('may be encrypted with an authority of its own, read from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'kasir-ca-')), 'ca.pem');
    writeFileSync(file, `${ca}\n${otherCa}\n`);
    expect(address({ KAFKA_SSL: 'true', KAFKA_SSL_CA_FILE: file }).ssl).toEqual({ ca: [`${ca}\n${otherCa}`] });
  });
});

describe('a service whose way to Kafka is half described', () => {
  it.each([
    [
      'a mechanism that nobody knows',
      { ...login, KAFKA_SASL_MECHANISM: 'GSSAPI' },
      'KAFKA_SASL_MECHANISM must be one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 (it is "GSSAPI"), for example KAFKA_SASL_MECHANISM=SCRAM-SHA-512',
    ],
    [
      'no password',
      { ...login, KAFKA_SASL_PASSWORD: '' },
      'KAFKA_SASL_PASSWORD is missing: a login at Kafka needs KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD; without a login set none of them',
    ],
    ['no user', { ...login, KAFKA_SASL_USERNAME: '' }, 'KAFKA_SASL_USERNAME is missing: a login at Kafka needs'],
    ['no mechanism', { KAFKA_SASL_USERNAME: 'order' }, 'KAFKA_SASL_MECHANISM is missing: a login at Kafka needs'],
    [
      'an authority and no TLS',
      { KAFKA_SSL_CA: ca },
      'KAFKA_SSL_CA is set, and KAFKA_SSL is not: set KAFKA_SSL=true to speak TLS',
    ],
    ['an authority that is none', { KAFKA_SSL: 'true', KAFKA_SSL_CA: 'ca.pem' }, 'KAFKA_SSL_CA must be one or more'],
    [
      'a broken certificate',
      { KAFKA_SSL: 'true', KAFKA_SSL_CA: ca.replace(/\n[^\n]+/, '\n') },
      'KAFKA_SSL_CA has a certificate that cannot be read',
    ],
  ])('does not start with %s, and says so in one line without a secret', (_, env, expected) => {
    expect(() => address(env)).toThrow(`order cannot start: ${expected}`);
    expect(() => address(env)).not.toThrow(/\n|geheim/);
  });
});
