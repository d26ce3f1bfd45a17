import { parseSettlementCurrencies } from './settlement-currencies.js';

describe('the settlement currencies', () => {
  it('are read as pairs of payment and settlement', () => {
    expect(parseSettlementCurrencies('THB:USD, IDR:SGD')).toEqual({ THB: 'USD', IDR: 'SGD' });
  });

  it.each(['', 'USD', 'THB:usd', 'THB=USD', 'THB:USD,', 'THB:USD,THB:SGD', 'THB:USD:SGD'])(
    'are not read from "%s"',
    (text) => {
      expect(() => parseSettlementCurrencies(text)).toThrow(RangeError);
    },
  );
});
