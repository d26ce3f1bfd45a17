import { payments } from '@kasir/contracts';
import type kafkajs from 'kafkajs';
import { type IncomingRecord, type RecordHeaders } from '../broker.js';
import { at, paymentSucceeded, rawPaymentSucceeded } from '../lab.specs.js';
import { readEvent } from './reading.js';

const bytes = (value: Buffer | string | null | undefined): Buffer | null =>
  value === null || value === undefined ? null : Buffer.from(value);

/** A message as it looks after its way through the broker. */
const received = ({ key, value, headers = {} }: kafkajs.Message): IncomingRecord => ({
  topic: payments.name,
  partition: 0,
  offset: '0',
  timestamp: '0',
  key: bytes(key),
  headers: Object.fromEntries(
    Object.entries(headers as Record<string, string | Buffer | string[]>).map(([name, text]) => [
      name,
      Array.isArray(text) ? text.map((each) => Buffer.from(each)) : Buffer.from(text as string),
    ]),
  ) as RecordHeaders,
  value: bytes(value),
});
const read = (message: kafkajs.Message) => readEvent(payments, received(message));

const order = 'order-1';
const { data } = paymentSucceeded(order);
const withHeaders = (headers: Record<string, string | Buffer>) => rawPaymentSucceeded(order, { headers });
const withBody = (body: unknown) => rawPaymentSucceeded(order, { body: JSON.stringify(body) });

describe('a message', () => {
  it('is an event with its envelope and its data', () => {
    const message = withHeaders({ ce_causationid: 'webhook-1', traceparent: '00-a-b-01' });
    expect(read(message)).toEqual({
      kind: 'event',
      event: {
        id: expect.any(String) as string,
        type: 'PaymentSucceeded',
        source: 'notification',
        subject: order,
        time: at.toISOString(),
        sequence: 1,
        causationId: 'webhook-1',
        traceparent: '00-a-b-01',
        data,
      },
      unknownFields: [],
    });
  });

  it('may carry fields and headers that the reader does not know', () => {
    const message = rawPaymentSucceeded(order, {
      body: JSON.stringify({ ...data, mood: 'glad' }),
      headers: { ce_partitionkey: order },
    });
    expect(read(message)).toMatchObject({ kind: 'event', event: { data }, unknownFields: ['mood'] });
    expect(read(message)).not.toMatchObject({ event: { data: { mood: 'glad' } } });
  });

  it('may be of a type that the reader does not know yet', () => {
    expect(read(withHeaders({ ce_type: 'PaymentDreamt' }))).toEqual({ kind: 'unknown-type', type: 'PaymentDreamt' });
  });

  it.each([
    ['text that is no JSON', rawPaymentSucceeded(order, { body: 'hello' }), 'the body is no JSON'],
    ['bytes that are no text', rawPaymentSucceeded(order, { body: Buffer.from([0xff]) }), 'the body is no UTF-8'],
    ['no body', rawPaymentSucceeded(order, { body: null }), 'there is no body'],
    ['a list', withBody([]), 'data is no PaymentSucceeded: data: '],
    ['half an event', withBody({ orderId: order }), 'data is no PaymentSucceeded: paymentSessionId: '],
    ['a number where digits belong', withBody({ ...data, amount: { value: 160, currency: 'THB' } }), 'amount.value: '],
    ['brackets without end', rawPaymentSucceeded(order, { body: '['.repeat(500_000) }), 'the body is no JSON'],
    ['a name that is every object’s', withBody(JSON.parse('{"__proto__":{"orderId":"order-1"}}')), 'orderId: '],
    ['no key', rawPaymentSucceeded(order, { key: null }), 'key undefined is not the orderId of the data'],
    ['another’s key', rawPaymentSucceeded(order, { key: 'order-2' }), 'key order-2 is not the orderId of the data'],
    ['another’s subject', withHeaders({ ce_subject: 'order-2' }), 'key order-1 is not the ce_subject'],
    ['no headers', { key: order, value: JSON.stringify(data) }, 'header specVersion is missing or no text'],
    ['an older envelope', withHeaders({ ce_specversion: '0.3' }), 'ce_specversion is not 1.0'],
    ['an id that is none', withHeaders({ ce_id: '1' }), 'ce_id is no UUID'],
    ['a header that is no text', withHeaders({ ce_id: Buffer.from([0xff]) }), 'header id is missing or no text'],
    [
      'two ids',
      { ...withHeaders({}), headers: { ...withHeaders({}).headers, ce_id: ['1', '2'] } },
      'header id is missing',
    ],
    ['another’s name', withHeaders({ ce_source: 'order' }), 'ce_source order is not notification, who alone says'],
    ['no count', withHeaders({ ce_sequence: '0' }), 'ce_sequence is no count'],
    ['no time', withHeaders({ ce_time: 'yesterday' }), 'ce_time is no time'],
    ['another version', withHeaders({ ce_dataschema: 'urn:kasir:payments.v2:PaymentSucceeded' }), 'ce_dataschema urn:'],
  ])('is unreadable with %s', (_, message, reason) => {
    const reading = read(message);
    expect(reading.kind).toBe('unreadable');
    expect(reading.kind === 'unreadable' && reading.reason).toContain(reason);
  });
});
