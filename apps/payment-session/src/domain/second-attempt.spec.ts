import { maySupersede, parseSecondAttempt, usualPolicy } from './second-attempt.js';

describe('a second attempt beside a session that Antom cannot stop', () => {
  it.each([
    ['an app', { category: 'MOBILE_BANKING_APP' as const }, true],
    ['online banking', { category: 'ONLINE_BANKING' as const }, true],
    ['a transfer', { category: 'BANK_TRANSFER' as const }, false],
    ['one bank', { bankName: 'Siam Commerical Bank' }, false],
    ['the banks of a country', { region: 'ID' as const }, false],
  ])('is allowed, unless the merchant says otherwise, for %s: %s', (_, choice, allowed) => {
    expect(maySupersede(usualPolicy, choice, true)).toBe(allowed);
  });

  it('is never allowed once the buyer has used the first', () => {
    const always = parseSecondAttempt('BANK_TRANSFER:supersede,OTHER:supersede');
    for (const choice of [{ category: 'BANK_TRANSFER' as const }, { category: 'ONLINE_BANKING' as const }, {}])
      expect(maySupersede(always, choice, false)).toBe(false);
  });

  it('is set for each way of paying, and stays as usual where nothing is said', () => {
    expect(parseSecondAttempt('BANK_TRANSFER:supersede, MOBILE_BANKING_APP:refuse')).toEqual({
      ...usualPolicy,
      BANK_TRANSFER: 'supersede',
      MOBILE_BANKING_APP: 'refuse',
    });
  });

  it.each(['', 'CARD:refuse', 'OTHER', 'OTHER:maybe', 'OTHER:refuse:refuse', 'toString:refuse'])(
    'cannot be set as "%s"',
    (text) => {
      expect(() => parseSecondAttempt(text)).toThrow('must be pairs such as BANK_TRANSFER:refuse');
    },
  );
});
