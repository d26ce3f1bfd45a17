import { type JsonSchema } from '../json-schema.js';
import { breaksBetween } from './compare.js';

const released: JsonSchema = {
  $id: 'urn:kasir:orders.v1:OrderPaid',
  type: 'object',
  properties: {
    orderId: { type: 'string', pattern: '^[a-z]+$', minLength: 2, maxLength: 64 },
    paidAt: { type: 'string', format: 'date-time' },
    region: { type: 'string', enum: ['TH', 'ID'] },
    count: { type: 'integer', minimum: 1, maximum: 9 },
    amount: { type: 'object', properties: { value: { type: 'string' } }, required: ['value'] },
    buyer: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false },
    lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
    evidence: { type: 'object', additionalProperties: { type: 'string' } },
    either: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  },
  required: ['orderId', 'amount'],
};

/** The released schema with something else at a place; undefined takes away what is there. */
function changedAt(place: string, value: unknown): JsonSchema {
  const copy = structuredClone(released) as Record<string, unknown>;
  const steps = place.split('/');
  const last = steps.pop()!;
  const holder = steps.reduce((at, step) => at[step] as Record<string, unknown>, copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

const breaks = (place: string, value: unknown) =>
  breaksBetween(released, changedAt(place, value)).map(({ path, what }) => `${path} ${what}`.trim());

describe('a contract may take the place of the released one', () => {
  it('when nothing changed, or only its words did', () => {
    expect(breaksBetween(released, released)).toEqual([]);
    expect(breaks('properties/orderId/description', 'the id of the order')).toEqual([]);
    expect(breaks('$id', 'urn:other')).toEqual([]);
  });

  it.each(['properties/fee', 'properties/amount/properties/exponent', 'properties/lines/items/properties/price'])(
    'when it has one more property that may be absent: %s',
    (place) => {
      expect(breaks(place, { type: 'string' })).toEqual([]);
    },
  );
});

describe('a contract may not take the place of the released one', () => {
  it.each([
    ['a property is gone', 'properties/count', undefined, 'count is gone, and readers may rely on it'],
    [
      'a property deep inside is gone',
      'properties/amount/properties/value',
      undefined,
      'amount.value is gone, and readers may rely on it',
    ],
    [
      'a property of a list is gone',
      'properties/lines/items/properties/sku',
      undefined,
      'lines[items].sku is gone, and readers may rely on it',
    ],
    ['a property is newly demanded', 'required', ['orderId', 'amount', 'count'], 'now demands count: messages that'],
    ['one is demanded deep inside', 'properties/buyer/required', ['name'], 'buyer now demands name: messages that'],
    ['a property is no longer promised', 'required', ['orderId'], 'no longer promises amount: readers of'],
    [
      'an object that takes no others has one more',
      'properties/buyer/properties/email',
      { type: 'string' },
      'buyer has email more, where the released contract takes no others: readers of',
    ],
    ['a value is no longer allowed', 'properties/region/enum', ['TH'], 'region enum has lost ID: messages that'],
    ['a value is new', 'properties/region/enum', ['TH', 'ID', 'MY'], 'region enum has MY more: readers of'],
    ['a list of values is new', 'properties/orderId/enum', ['a'], 'orderId enum is new: messages that'],
    ['a list of values is gone', 'properties/region/enum', undefined, 'region enum is gone: readers of'],
    ['the type is another', 'properties/orderId/type', 'integer', 'orderId type has lost string: messages that'],
    ['the type is wider', 'properties/orderId/type', ['string', 'null'], 'orderId type has null more: readers of'],
    ['the type is narrower', 'properties/count/type', undefined, 'count type is gone: readers of'],
    ['a format is another', 'properties/paidAt/format', 'date', 'paidAt format was "date-time" and is "date"'],
    ['a format is new', 'properties/orderId/format', 'uuid', 'orderId format was absent and is "uuid"'],
    ['a format is gone', 'properties/paidAt/format', undefined, 'paidAt format was "date-time" and is absent'],
    ['a pattern is another', 'properties/orderId/pattern', '^[a-z]{2,}$', 'orderId pattern was "^[a-z]+$" and is "^['],
    ['a pattern is gone', 'properties/orderId/pattern', undefined, 'orderId pattern was "^[a-z]+$" and is absent'],
    [
      'a text may be less long',
      'properties/orderId/maxLength',
      32,
      'orderId maxLength was 64 and is 32: messages that',
    ],
    ['a text may be longer', 'properties/orderId/maxLength', 128, 'orderId maxLength was 64 and is 128: readers of'],
    [
      'a limit is gone',
      'properties/orderId/maxLength',
      undefined,
      'orderId maxLength was 64 and is absent: readers of',
    ],
    ['a limit is new', 'properties/paidAt/maxLength', 30, 'paidAt maxLength was absent and is 30: messages that'],
    ['a text must be longer', 'properties/orderId/minLength', 3, 'orderId minLength was 2 and is 3: messages that'],
    ['a text may be shorter', 'properties/orderId/minLength', 1, 'orderId minLength was 2 and is 1: readers of'],
    ['a number must be more', 'properties/count/minimum', 2, 'count minimum was 1 and is 2: messages that'],
    ['a number may be more', 'properties/count/maximum', 10, 'count maximum was 9 and is 10: readers of'],
    ['a map has other values', 'properties/evidence/additionalProperties/type', 'integer', 'evidence[additionalProp'],
    [
      'an open object takes no others any more',
      'additionalProperties',
      false,
      'additionalProperties was absent and is false',
    ],
    ['a closed object is opened', 'properties/buyer/additionalProperties', undefined, 'buyer additionalProperties was'],
    [
      'alternatives are others',
      'properties/either/anyOf',
      [{ type: 'string' }],
      'either anyOf was [{"type":"string"},{',
    ],
    ['a keyword appears that nobody here has weighed', 'contentEncoding', 'base64', 'contentEncoding was absent and'],
  ])('when %s', (_, place, value, expected) => {
    const found = breaks(place, value);
    expect(found).toHaveLength(new Set(found).size);
    expect(found.some((line) => line.startsWith(expected))).toBe(true);
  });

  it('and hears of every reason at once', () => {
    const current = { ...changedAt('properties/count', undefined), required: ['orderId', 'amount', 'region'] };
    expect(breaksBetween(released, current)).toHaveLength(2);
  });
});
