import { loadConfig } from '@kasir/platform';
import { commonSettings, poolOf } from './settings.js';

const { DATABASE_POOL_SIZE, CONSUMER_CONCURRENCY } = commonSettings;
const read = (env: Record<string, string>) =>
  poolOf('order', loadConfig('order', { DATABASE_POOL_SIZE, CONSUMER_CONCURRENCY }, env));

describe('the pool of a service', () => {
  it('has 10 connections, of which consumers take 6, unless told otherwise', () => {
    expect(read({})).toEqual({ poolSize: 10, concurrency: 6 });
    expect(read({ DATABASE_POOL_SIZE: '30', CONSUMER_CONCURRENCY: '29' })).toEqual({ poolSize: 30, concurrency: 29 });
  });

  it.each(['6', '5'])('of %s connections is refused where consumers could take all of them', (DATABASE_POOL_SIZE) => {
    expect(() => read({ DATABASE_POOL_SIZE })).toThrow(
      `order cannot start: CONSUMER_CONCURRENCY (6) must be less than DATABASE_POOL_SIZE (${DATABASE_POOL_SIZE}): the relay and`,
    );
  });

  it.each(['0', '-1', '1.5', 'many'])('of %s connections is refused', (DATABASE_POOL_SIZE) => {
    expect(() => read({ DATABASE_POOL_SIZE })).toThrow('DATABASE_POOL_SIZE must be a whole number from 1 to 999999');
  });
});
