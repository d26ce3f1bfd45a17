import { z } from 'zod';

/** What a person who sets the variable needs to know; it rides on the schema's metadata. */
export interface About {
  readonly description: string;
  readonly example: string;
  /** The text taken where the variable is not set. Without it the variable is required. */
  readonly fallback?: string;
  /** The value is never printed. */
  readonly secret?: boolean;
}

type Optional<Key extends keyof About> = Omit<About, Key> & Partial<Pick<About, Key>>;

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function durationInMs(text: string): number {
  const [, count, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text)!;
  return Number(count) * milliseconds[unit!]!;
}

/** Schemas for what the services' environments have in common. */
export const setting = {
  text: (about: About) => z.string().meta({ ...about }),

  /** A TCP port; 0 lets the system choose. */
  port: (about: Optional<'example'>) =>
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535')
      .meta({ example: '3000', ...about }),

  /** A whole number of at least one. */
  count: (about: About) =>
    z
      .string()
      .regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1 to 999999')
      .transform(Number)
      .meta({ ...about }),

  /** @param protocols without the colon */
  url: (about: About, protocols: readonly string[] = ['http', 'https']) =>
    z
      .url({
        protocol: new RegExp(`^(${protocols.join('|')})$`),
        error: `must be a URL that begins with ${protocols.map((name) => `${name}://`).join(' or ')}`,
      })
      .meta({ ...about }),

  /** The database of a service. Its password makes the whole URL a secret. */
  databaseUrl: (about: Optional<'example' | 'description'> = {}) =>
    setting.url(
      {
        description: 'the PostgreSQL database of this service',
        example: 'postgres://order:password@localhost:5432/order',
        secret: true,
        ...about,
      },
      ['postgres', 'postgresql'],
    ),

  /** Kafka brokers as `host:port`, separated by commas. */
  brokers: (about: Optional<'example' | 'description'> = {}) =>
    z
      .string()
      .transform((text) => text.split(',').map((broker) => broker.trim()))
      .refine(
        (brokers) => brokers.every((broker) => /^[^\s:/]+:\d{1,5}$|^\[[\da-f:]+\]:\d{1,5}$/i.test(broker)),
        'must be a list of host:port, separated by commas',
      )
      .meta({ description: 'the Kafka brokers', example: 'localhost:9092', ...about }),

  /** @param minLength in characters */
  secret: (about: About, minLength = 1) =>
    z
      .string()
      .min(minLength, `must have at least ${minLength} characters`)
      .meta({ ...about, secret: true }),

  /** A value that has a parser of its own; what the parser throws says what is wrong. */
  parsed: <Value>(parse: (text: string) => Value, about: About) =>
    z
      .string()
      .transform((text, context): Value => {
        try {
          return parse(text);
        } catch (error) {
          context.addIssue({ code: 'custom', message: (error as Error).message });
          return z.NEVER;
        }
      })
      .meta({ ...about }),

  /** A symmetric key in Base64. */
  key: (bytes: number, about: About) =>
    z
      .string()
      .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
      .refine((key) => key.length === bytes, `must be ${bytes} bytes in Base64`)
      .meta({ ...about, secret: true }),

  /** A length of time such as 500ms, 60s, 5m, 24h, 14d; the value is in milliseconds. */
  duration: (about: About) =>
    z
      .string()
      .regex(/^\d{1,9}(ms|s|m|h|d)$/, 'must be a number with a unit: ms, s, m, h or d')
      .transform(durationInMs)
      .meta({ ...about }),

  /** `true` or `false`. */
  flag: (about: Optional<'example'>) =>
    z
      .enum(['true', 'false'], 'must be true or false')
      .transform((text) => text === 'true')
      .meta({ example: 'true', ...about }),
};
