import { randomBytes } from 'node:crypto';
import { payments } from '@kasir/contracts';
import { Kafka, logLevel, type Message } from 'kafkajs';
import { newsOf, recordOf } from './news.js';
import { freshPlace } from './place.js';
import { type Servers } from './servers.js';
import { openListener } from './service.js';
import { appliedIn, until, type Verdict, verdictOf } from './verdict.js';

const { data } = newsOf(0);
const withNumber = { ...data, amount: { value: 16_000, currency: 'THB' } };

/** What a broken or hostile program may put on a topic, each as it differs from sound news. */
const poisons: Readonly<Record<string, (sound: Message) => Partial<Message>>> = {
  'no JSON': () => ({ value: '<payment/>' }),
  'an unknown version': ({ headers }) => ({
    headers: { ...headers, ce_dataschema: 'urn:kasir:payments.v2:PaymentSucceeded' },
  }),
  'no key': () => ({ key: null }),
  'a megabyte': () => ({ value: '1'.repeat(1_000_000) }),
  'deep nesting': () => ({ value: '['.repeat(100_000) + ']'.repeat(100_000) }),
  'a prototype instead of fields': () => ({ value: `{"__proto__":${JSON.stringify(data)}}` }),
  'no UTF-8': () => ({ value: Buffer.from([0x22, 0xc3, 0x28, 0x22]) }),
  'a number where digits belong': () => ({ value: JSON.stringify(withNumber) }),
  'a key that no index takes': () => ({ key: randomBytes(5_000).toString('base64') }),
  'a time before every calendar': () => ({ value: '', timestamp: '-9000000000000000' }),
};

export interface Poisoned extends Verdict {
  readonly poisons: number;
  /** From the moment before both are sent until the sound message right behind a poisonous one has taken effect. */
  readonly slowestSuccessorMs: number;
}

/** Every poison in turn, with sound news right behind it in the same partition. Dead letters are those too many or too few. */
export async function poison({ kafka, postgres }: Servers): Promise<Poisoned> {
  const place = await freshPlace(kafka.brokers, postgres.adminUrl);
  const listener = await openListener(place);
  const producer = new Kafka({ brokers: [...place.brokers], logLevel: logLevel.NOTHING }).producer();
  const kinds = Object.values(poisons);
  let slowestSuccessorMs = 0;
  try {
    await producer.connect();
    for (const [index, spoil] of kinds.entries()) {
      const [bad, sound] = [recordOf(kinds.length + index), recordOf(index)];
      const messages = [{ ...bad, ...spoil(bad) }, sound].map((message) => ({ ...message, partition: 0 }));
      const began = performance.now();
      await producer.send({ topic: place.prefix + payments.name, messages });
      await until(
        'what comes behind the poison takes effect',
        () => appliedIn(place),
        (applied) => applied > index,
      );
      slowestSuccessorMs = Math.max(slowestSuccessorMs, Math.round(performance.now() - began));
    }
    const verdict = await verdictOf(place, kinds.length);
    return {
      ...verdict,
      deadLetters: verdict.deadLetters - kinds.length,
      poisons: kinds.length,
      slowestSuccessorMs,
    };
  } finally {
    await producer.disconnect();
    await listener.stop();
  }
}
