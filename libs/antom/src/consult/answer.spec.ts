import { signed, undeciding } from '../fixtures/answers.specs.js';
import { readConsultAnswer } from './answer.js';

const bangkokBank = {
  paymentMethodType: 'BANKAPP_BANGKOKBANK',
  paymentMethodCategory: 'MOBILE_BANKING_APP',
  paymentMethodRegion: ['TH'],
  enabled: true,
  preferred: 'false',
  supportedCurrencies: ['THB'],
  logo: { logoName: 'BBL', logoUrl: 'https://antom.example/bbl.png' },
  amountLimitInfoMap: {
    THB: {
      singleLimit: {
        minAmount: { value: '100', currency: 'THB' },
        maxAmount: { value: '200000000', currency: 'THB' },
      },
      dayLimit: { remainAmount: { value: '5', currency: 'THB' } },
    },
  },
};
const read = (paymentOptions: unknown) => readConsultAnswer(signed('S', 'SUCCESS', { paymentOptions }));

describe('an answer about ways to pay', () => {
  it('names the methods with their limits', () => {
    expect(read([bangkokBank])).toEqual({
      kind: 'answered',
      unreadable: 0,
      methods: [
        {
          method: 'BANKAPP_BANGKOKBANK',
          category: 'MOBILE_BANKING_APP',
          regions: ['TH'],
          enabled: true,
          preferred: false,
          currencies: ['THB'],
          limits: {
            THB: {
              single: { min: { value: '100', currency: 'THB' }, max: { value: '200000000', currency: 'THB' } },
              day: { remaining: { value: '5', currency: 'THB' } },
            },
          },
          banks: [],
          logoUrl: 'https://antom.example/bbl.png',
        },
      ],
    });
  });

  it.each([
    ['are themselves the map', { singleLimit: { minAmount: { value: '100', currency: 'THB' } } }, ['THB']],
    ['are of two currencies', { THB: { dayLimit: {} }, IDR: { dayLimit: {} } }, ['THB', 'IDR']],
    ['cannot be read', { THB: 'none', IDR: { dayLimit: {} } }, ['IDR']],
    ['are no map', 'none', []],
  ])('takes limits that %s', (_, amountLimitInfoMap, currencies) => {
    const answer = read([{ ...bangkokBank, amountLimitInfoMap }]);
    expect(answer.kind === 'answered' && Object.keys(answer.methods[0]!.limits)).toEqual(currencies);
  });

  it('says why a method is not to be had', () => {
    const off = { ...bangkokBank, enabled: 'false', disableReason: 'CHANNEL_NOT_IN_SERVICE_TIME' };
    expect(read([off])).toMatchObject({
      methods: [{ enabled: false, disabledBecause: 'CHANNEL_NOT_IN_SERVICE_TIME' }],
    });
  });

  it('names the banks behind one method', () => {
    const supportBanks = [
      { bankIdentifierCode: 'MYM2U', bankShortName: 'Maybank2u', bankLogo: { logoUrl: 'https://antom.example/m.png' } },
      { bankShortName: 'nameless' },
    ];
    const fpx = { paymentMethodType: 'ONLINEBANKING_FPX', enabled: true, paymentOptionDetail: { supportBanks } };
    expect(read([fpx])).toMatchObject({
      methods: [{ banks: [{ id: 'MYM2U', name: 'Maybank2u', logoUrl: 'https://antom.example/m.png' }] }],
    });
  });

  it('does not offer what does not say that it is enabled, and counts what has no name', () => {
    expect(read([{ paymentMethodType: 'KPLUS' }, { paymentMethodType: '' }, null])).toMatchObject({
      methods: [{ method: 'KPLUS', enabled: false, regions: [], limits: {} }],
      unreadable: 2,
    });
  });

  it('is unknown without a list', () => {
    expect(read(undefined)).toMatchObject({ kind: 'unknown', reason: 'unreadable', alarm: true });
  });

  it.each([...undeciding, ['the contract is missing', signed('F', 'INVALID_CONTRACT'), { alarm: true }] as const])(
    'is unknown when %s',
    (_, answer, expected) => {
      expect(readConsultAnswer(answer)).toMatchObject({ kind: 'unknown', ...expected });
    },
  );
});
