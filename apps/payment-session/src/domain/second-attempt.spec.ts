import { maySupersede, parseSecondAttempt, usualPolicy } from './second-attempt.js';

describe('a second attempt beside a session that Antom cannot stop', () => {
  it.each([
    ['an app', { category: 'MOBILE_BANKING_APP' as const }],
    ['online banking', { category: 'ONLINE_BANKING' as const }],
    ['a transfer', { category: 'BANK_TRANSFER' as const }],
    ['one bank', { bankName: 'Siam Commerical Bank' }],
    ['the banks of a country', { region: 'ID' as const }],
  ])('is allowed where it was never used, unless the merchant refuses it, for %s (U6)', (_, choice) => {
    expect(maySupersede(usualPolicy, choice, true)).toBe(true);
    const strict = parseSecondAttempt(
      'MOBILE_BANKING_APP:refuse,ONLINE_BANKING:refuse,BANK_TRANSFER:refuse,OTHER:refuse',
    );
    expect(maySupersede(strict, choice, true)).toBe(false);
  });

  it('is never allowed once the buyer has used the first', () => {
    for (const choice of [{ category: 'BANK_TRANSFER' as const }, { category: 'ONLINE_BANKING' as const }, {}])
      expect(maySupersede(usualPolicy, choice, false)).toBe(false);
  });

  it('is set for each way of paying, and stays as usual where it is not named', () => {
    expect(parseSecondAttempt('OTHER:supersede, MOBILE_BANKING_APP:refuse')).toEqual({
      ...usualPolicy,
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
