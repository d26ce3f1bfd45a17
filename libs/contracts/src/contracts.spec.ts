import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  BankChoice,
  defineEvent,
  Money,
  orders,
  OrderPaid,
  PaymentSessionRequested,
  topicConfig,
  topics,
} from './index.js';

const paid = {
  orderId: 'order-1',
  paymentSessionId: 'ps_1',
  paymentId: '20261122194010800100188',
  amount: { value: '16000', currency: 'THB' },
  paidAt: '2026-11-22T08:00:00Z',
  description: 'Two bags of coffee',
};

describe('an event that says more than its reader knows', () => {
  it('is read, and what is unknown is dropped, at every depth', () => {
    const newer = { ...paid, fee: '3', amount: { ...paid.amount, exponent: 2 } };
    expect(OrderPaid.data.parse(newer)).toEqual(paid);
  });

  it('is still refused for what is wrong inside', () => {
    const free = { ...paid, amount: { value: '0', currency: 'THB', exponent: 2 } };
    expect(OrderPaid.data.safeParse(free).error?.issues).toMatchObject([{ path: ['amount', 'value'] }]);
  });

  it('keeps the rules that hold between fields', () => {
    const { bankChoice } = PaymentSessionRequested.data.shape;
    expect(bankChoice.safeParse({ region: 'TH', colour: 'green' })).toEqual({ success: true, data: { region: 'TH' } });
    expect(bankChoice.safeParse({ region: 'TH', category: 'ONLINE_BANKING' }).success).toBe(false);
  });

  it('does not make a request from outside tolerant: what the app misspells is refused', () => {
    expect(BankChoice.safeParse({ region: 'TH', colour: 'green' }).success).toBe(false);
    expect(Money.safeParse({ ...paid.amount, exponent: 2 }).success).toBe(false);
  });
});

describe('the data of an event', () => {
  it('keeps lists, maps, alternatives and absent fields when it is made tolerant', () => {
    const inner = z.strictObject({ a: z.string() });
    const { data } = defineEvent(
      'Sample',
      z.strictObject({
        list: z.array(inner),
        map: z.record(z.string(), inner),
        either: z.union([inner, z.literal('none')]),
        empty: inner.nullable(),
        absent: inner.optional(),
      }),
    );
    const more = { a: '1', b: '2' };
    expect(data.parse({ list: [more], map: { x: more }, either: more, empty: null, more })).toEqual({
      list: [{ a: '1' }],
      map: { x: { a: '1' } },
      either: { a: '1' },
      empty: null,
    });
  });

  it('cannot be something that has no plain form on the wire', () => {
    expect(() => defineEvent('Sample', z.object({ at: z.date() }))).toThrow('a schema of the kind date');
    expect(() => defineEvent('Sample', z.object({ n: z.string().transform(Number) }))).toThrow('of the kind pipe');
  });
});

describe('the topics', () => {
  it('never lose a message to compaction or to size, and only to age where the contract says so', () => {
    expect(topicConfig(orders)).toEqual({
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'retention.bytes': '-1',
    });
    expect(topicConfig({ ...orders, retention: { days: 14 } })['retention.ms']).toBe('1209600000');
  });

  it('have one producer each, who is no reader of its own news', () => {
    for (const { producer, readers } of topics) expect(readers).not.toContain(producer);
  });

  it('share no event: its name alone says where it belongs', () => {
    const types = topics.flatMap(({ events }) => events.map(({ type }) => type));
    expect(types).toEqual([...new Set(types)]);
  });

  it('are named with a major version, for a breaking change is a new topic', () => {
    for (const { name } of topics) expect(name).toMatch(/^[a-z-]+\.v\d+$/);
  });
});

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly anyOf?: readonly Described[];
}

const undescribed = (path: string, schema: Described): string[] => [
  ...(schema.description === undefined ? [path] : []),
  ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => undescribed(`${path}.${name}`, field)),
  ...Object.values(schema.items?.properties ?? {}).flatMap((field) => undescribed(`${path}[]`, field)),
];

describe('an event of every kind', () => {
  const folder = new URL('../examples/', import.meta.url);
  const events = topics.flatMap((topic) => topic.events);

  it.each(events.map((event) => [event.type, event] as const))(
    'has an example that its reader takes as it is: %s',
    (type, { data }) => {
      const example: unknown = JSON.parse(readFileSync(new URL(`${type}.json`, folder), 'utf8'));
      expect(data.parse(example)).toEqual(example);
    },
  );

  it('says what it means, and so does each of its fields', () => {
    expect(events.flatMap(({ type, data }) => undescribed(type, z.toJSONSchema(data) as Described))).toEqual([]);
  });

  it('and nothing else has an example', () => {
    expect(readdirSync(folder).sort()).toEqual(events.map(({ type }) => `${type}.json`).sort());
  });
});
