import { type BrokerAddress } from '../broker.js';
import { causesOf } from '../../causes.js';
import { typeOf } from './permissions.js';
import { type Unmet } from './needs.js';

/** Whether the broker had already answered something when it went wrong. */
type Stage = 'connecting' | 'asking';

const notTrusted: readonly string[] = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
];

interface Failure {
  readonly stage: Stage;
  readonly address: BrokerAddress;
  /** The broker's own word for it. */
  readonly type: string | undefined;
  readonly names: readonly string[];
  readonly codes: readonly string[];
  readonly says: (text: string) => boolean;
}

interface Rule {
  readonly fits: (failure: Failure) => boolean;
  /** Goes on after "Kafka at host:port". */
  readonly sentence: (failure: Failure) => string;
}

const tlsCode = ({ codes }: Failure): string | undefined => codes.find((code) => code.startsWith('ERR_SSL_'));
const hungUp = ({ says }: Failure): boolean => says('Closed connection');

/** The first that fits is told. */
const rules: readonly Rule[] = [
  {
    fits: ({ type, says }) => type === 'UNSUPPORTED_SASL_MECHANISM' || says('mechanism is not supported'),
    sentence: ({ address }) =>
      `knows no login by ${mechanismOf(address)}: set KAFKA_SASL_MECHANISM to one that it offers`,
  },
  {
    fits: ({ names }) => names.includes('KafkaJSSASLAuthenticationError'),
    sentence: ({ address }) =>
      `does not let ${userOf(address)} in: set KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD to a user that it knows by ${mechanismOf(address)}`,
  },
  {
    fits: ({ type }) => type === 'ILLEGAL_SASL_STATE',
    sentence: () =>
      'wants no login at this port: unset KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, or name the port that wants one in KAFKA_BROKERS',
  },
  {
    fits: ({ codes }) => codes.some((code) => notTrusted.includes(code)),
    sentence: () =>
      'shows a certificate of an authority that is not trusted here: set KAFKA_SSL_CA_FILE to the PEM file of that authority',
  },
  {
    fits: ({ codes }) => codes.includes('ERR_TLS_CERT_ALTNAME_INVALID'),
    sentence: () =>
      'shows a certificate that names other hosts: name one of those in KAFKA_BROKERS, or add this one to the certificate',
  },
  {
    fits: ({ codes }) => codes.includes('CERT_HAS_EXPIRED'),
    sentence: () => 'shows a certificate that has expired: renew it',
  },
  {
    fits: (failure) => tlsCode(failure) !== undefined,
    sentence: (failure) =>
      `and we find no common TLS (${tlsCode(failure)}): name its TLS port in KAFKA_BROKERS; certificates of clients are not supported`,
  },
  {
    fits: ({ says }) => says('disconnected before secure TLS'),
    sentence: () => 'does not speak TLS at this port: set KAFKA_SSL=false, or name the TLS port in KAFKA_BROKERS',
  },
  {
    fits: (failure) => hungUp(failure) && failure.stage === 'connecting' && failure.address.ssl === undefined,
    sentence: () => 'hangs up at the first word: the port wants TLS, so set KAFKA_SSL=true, or it is no Kafka',
  },
  {
    fits: (failure) => hungUp(failure) && failure.stage === 'asking' && failure.address.sasl === undefined,
    sentence: () =>
      'hangs up on whoever is not logged in: set KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD',
  },
];

/** One sentence about what a person has to change, or undefined where only time can help. */
export function explainFailure(error: unknown, stage: Stage, address: BrokerAddress): string | undefined {
  const causes = [...causesOf(error)];
  const failure: Failure = {
    stage,
    address,
    type: typeOf(error),
    names: causes.map(({ name }) => name),
    codes: causes.map(({ code }) => String(code)),
    says: (text) => causes.some(({ message }) => message.includes(text)),
  };
  const rule = rules.find(({ fits }) => fits(failure));
  return rule === undefined ? undefined : `Kafka at ${address.brokers.join()} ${rule.sentence(failure)}`;
}

export function explainUnmet({ missing, forbidden }: Unmet, address: BrokerAddress): string | undefined {
  const broker = `Kafka at ${address.brokers.join()}`;
  if (forbidden.length > 0)
    return `${broker} does not allow ${userOf(address)} ${forbidden.join(', ')}: add an ACL for each`;
  if (missing.length > 0)
    return `${broker} has no topic ${missing.join(', ')}: create what is missing with \`npm run topics -- apply\`, or mend TOPIC_PREFIX`;
  return undefined;
}

const userOf = ({ sasl }: BrokerAddress): string =>
  sasl !== undefined && 'username' in sasl ? `the user ${sasl.username}` : 'us, who are not logged in,';

const mechanismOf = ({ sasl }: BrokerAddress): string => sasl?.mechanism.toUpperCase() ?? 'no mechanism';
