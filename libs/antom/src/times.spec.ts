import { wirePath } from './environment.js';
import { parseRequestTime, printTime } from './times.js';

describe('the time of a message', () => {
  it.each([
    ['1767225600123', '2026-01-01T00:00:00.123Z'],
    ['2026-01-01T08:00:10+08:00', '2026-01-01T00:00:10.000Z'],
    ['2019-07-12T12:08:56+05:30', '2019-07-12T06:38:56.000Z'],
    ['2026-01-01T00:00:10Z', '2026-01-01T00:00:10.000Z'],
  ])('is read from %s', (text, expected) => {
    expect(parseRequestTime(text)?.toISOString()).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '1767225600',
    '2026-01-01T08:00:10',
    '2026-13-01T08:00:10Z',
    '99999999999999',
    '-767225600123',
  ])('is not read from "%s"', (text) => {
    expect(parseRequestTime(text)).toBeUndefined();
  });

  it('is printed to the second', () => {
    expect(printTime(new Date('2026-01-01T00:00:10.987Z'))).toBe('2026-01-01T00:00:10Z');
  });
});

describe('the path of a call', () => {
  const path = '/ams/api/v1/payments/cancel';

  it('is the sandbox for a sandbox client, once', () => {
    expect(wirePath(path, 'SANDBOX_5X')).toBe('/ams/sandbox/api/v1/payments/cancel');
    expect(wirePath('/ams/api/x/ams/api', 'SANDBOX_5X')).toBe('/ams/sandbox/api/x/ams/api');
  });

  it.each(['5X', 'TEST_5X', 'MY_SANDBOX_5X', 'sandbox_5X'])('stays as it is for %s', (clientId) => {
    expect(wirePath(path, clientId)).toBe(path);
  });
});
