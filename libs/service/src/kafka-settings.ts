import { X509Certificate } from 'node:crypto';
import { type BrokerAddress } from '@kasir/messaging';
import { ConfigError, type ConfigOf, setting } from '@kasir/platform';
import { z } from 'zod';

const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

/** How to reach Kafka. Without the optional ones: in clear, and without a login. */
export const kafkaSettings = {
  KAFKA_BROKERS: setting.brokers(),
  KAFKA_SASL_MECHANISM: z
    .string()
    .toUpperCase()
    .pipe(z.enum(mechanisms, `must be one of ${mechanisms.join(', ')}`))
    .optional()
    .meta({ description: 'how to log in to Kafka', example: 'SCRAM-SHA-512' }),
  KAFKA_SASL_USERNAME: setting.text({ description: 'the user to log in to Kafka as', example: 'order' }).optional(),
  KAFKA_SASL_PASSWORD: setting.secret({ description: 'the password of that user', example: 'c2VjcmV0' }).optional(),
  KAFKA_SSL: setting.flag({ description: 'whether to speak TLS with Kafka', fallback: 'false' }),
  KAFKA_SSL_CA: setting
    .parsed(certificates, {
      description: "the authority of the brokers' certificates, in PEM; without it those that Node.js knows",
      example: '-----BEGIN CERTIFICATE-----…',
    })
    .optional(),
};

type KafkaConfig = ConfigOf<typeof kafkaSettings>;
/** What may be left out of a configuration that is made by hand. */
export type KafkaSecurity = Partial<Omit<KafkaConfig, 'KAFKA_BROKERS'>>;

/** @throws ConfigError where settings that need each other do not fit */
export function brokerAddress(
  service: string,
  config: Pick<KafkaConfig, 'KAFKA_BROKERS'> & KafkaSecurity,
): BrokerAddress {
  const { KAFKA_BROKERS: brokers, KAFKA_SSL: tls = false, KAFKA_SSL_CA: ca } = config;
  if (ca !== undefined && !tls)
    throw new ConfigError(service, 'KAFKA_SSL_CA is set, and KAFKA_SSL is not: set KAFKA_SSL=true to speak TLS');
  return {
    brokers,
    ...(tls ? { ssl: ca === undefined ? true : { ca: [ca] } } : {}),
    ...login(service, config),
  };
}

function login(service: string, config: KafkaSecurity): Pick<BrokerAddress, 'sasl'> {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config;
  if (mechanism === undefined && username === undefined && password === undefined) return {};
  const needed = { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password };
  const missing = Object.entries(needed).find(([, value]) => value === undefined)?.[0];
  if (mechanism !== undefined && username !== undefined && password !== undefined)
    return { sasl: { mechanism: mechanism.toLowerCase() as Lowercase<typeof mechanism>, username, password } };
  throw new ConfigError(
    service,
    `${missing} is missing: a login at Kafka needs ${Object.keys(needed).join(', ')}; without a login set none of them`,
  );
}

/** @throws where one of the certificates cannot be read */
function certificates(pem: string): string {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0) throw new Error('must be one or more certificates in PEM');
  for (const each of found) if (!isCertificate(each)) throw new Error('has a certificate that cannot be read');
  return pem;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
