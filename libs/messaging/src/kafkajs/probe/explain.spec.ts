import { explainFailure } from './explain.js';

const address = { brokers: ['kafka:9093'], ssl: true };
const failure = (code: string) =>
  Object.assign(new Error('Connection error'), { name: 'KafkaJSConnectionError', code });

describe('a certificate of the broker', () => {
  it.each([
    ['that nobody here trusts', 'SELF_SIGNED_CERT_IN_CHAIN', 'Kafka at kafka:9093 shows a certificate of an authority'],
    [
      'of another host',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'Kafka at kafka:9093 shows a certificate that names other hosts',
    ],
    ['that is too old', 'CERT_HAS_EXPIRED', 'Kafka at kafka:9093 shows a certificate that has expired: renew it'],
    [
      'that wants to see ours',
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'Kafka at kafka:9093 and we find no common',
    ],
  ])('%s is told by what is wrong with it', (_, code, expected) => {
    expect(explainFailure(failure(code), 'connecting', address)).toContain(expected);
  });
});

describe('a broker that is only away', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET'])('is nothing to be changed: %s', (code) => {
    expect(explainFailure(failure(code), 'connecting', address)).toBeUndefined();
  });

  it('may hang up on a user who had been let in', () => {
    const closed = new Error('Closed connection');
    const sasl = { mechanism: 'plain' as const, username: 'order', password: 'geheim' };
    expect(explainFailure(closed, 'asking', { ...address, sasl })).toBeUndefined();
    expect(explainFailure(closed, 'connecting', address)).toBeUndefined();
    expect(explainFailure(closed, 'asking', address)).toContain('hangs up on whoever is not logged in');
  });
});

describe('a login', () => {
  it('by a mechanism that the broker has not, is no wrong password', () => {
    const sasl = { mechanism: 'plain' as const, username: 'order', password: 'geheim' };
    const refused = Object.assign(new Error('The broker does not support the requested SASL mechanism'), {
      type: 'UNSUPPORTED_SASL_MECHANISM',
    });
    expect(explainFailure(refused, 'connecting', { ...address, sasl })).toBe(
      'Kafka at kafka:9093 knows no login by PLAIN: set KAFKA_SASL_MECHANISM to one that it offers',
    );
  });
});
