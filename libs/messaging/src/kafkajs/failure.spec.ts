import { BrokerFailure } from '../broker.js';
import { brokerFailure } from './failure.js';

const error = (message: string, fields: object = {}, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), fields);

describe('what the broker or its client says', () => {
  it.each(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TOPIC_EXCEPTION'])(
    'is permanent: %s',
    (type) => {
      expect(brokerFailure(error('no', {}, error('no', { type })))).toMatchObject({ permanent: true, answered: true });
    },
  );
  it('names what a person can do about what is too large', () => {
    const large = error('The request included a message larger than the max message size', {
      type: 'MESSAGE_TOO_LARGE',
    });
    expect(brokerFailure(large).message).toBe(
      'MESSAGE_TOO_LARGE: The request included a message larger than the max message size: say less in one event, or raise max.message.bytes of its topic',
    );
  });
  it('is a broker that is away, although kafkajs calls it not retriable', () => {
    const away = error('Connection error', { name: 'KafkaJSConnectionError', code: 'ECONNREFUSED' });
    expect(
      brokerFailure(error('Connection error', { name: 'KafkaJSNonRetriableError', retriable: false }, away)),
    ).toMatchObject({ permanent: false, answered: false });
  });
  it('is an answer that may change', () => {
    expect(brokerFailure(error('no', { type: 'NOT_LEADER_FOR_PARTITION' }))).toMatchObject({
      permanent: false,
      answered: true,
      message: 'NOT_LEADER_FOR_PARTITION: no',
    });
  });
  it('is never permanent because of a bug in the client: nothing healthy may be buried', () => {
    expect(brokerFailure(new TypeError('undefined is not a function')).permanent).toBe(false);
  });
  it('stays what it is', () => {
    const failure = new BrokerFailure('no', true, true, undefined);
    expect(brokerFailure(failure)).toBe(failure);
  });
});
