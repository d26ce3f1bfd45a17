import { ask, aSimulator, stopSimulators } from './fixtures/merchant.specs.js';
import { type Simulator } from './index.js';

let antom: Simulator;
beforeEach(async () => {
  antom = await aSimulator();
});
afterEach(stopSimulators);

const money = (value: string, currency: string) => ({ value, currency });
const consult = (body: object) => ask(antom, 'consult', { productCode: 'CASHIER_PAYMENT', ...body });
const optionsFor = async (body: object) =>
  (await consult(body))['paymentOptions'] as { paymentMethodType: string; enabled: boolean; disableReason?: string }[];

describe('a consult', () => {
  it('lists what takes a currency, with category, country and limits', async () => {
    const options = await optionsFor({ paymentAmount: money('16000', 'THB') });
    expect(options).toHaveLength(15);
    expect(options[3]).toEqual({
      paymentMethodType: 'BANKAPP_SIAMCOMMERCIALBANK',
      paymentMethodCategory: 'MOBILE_BANKING_APP',
      paymentMethodRegion: ['TH'],
      enabled: true,
      preferred: false,
      supportedCurrencies: ['THB'],
      logo: { logoName: 'Siam Commeri', logoUrl: 'https://simulator.invalid/logo/BANKAPP_SIAMCOMMERCIALBANK.svg' },
      amountLimitInfoMap: {
        THB: { singleLimit: { minAmount: money('100', 'THB'), maxAmount: money('200000000', 'THB') } },
      },
      interactionType: 'REDIRECT',
    });
  });

  it('says why a bank does not take an amount', async () => {
    const open = (await optionsFor({ paymentAmount: money('300000000', 'THB') })).filter(({ enabled }) => enabled);
    expect(open.map(({ paymentMethodType }) => paymentMethodType)).toEqual([
      'ONLINEBANKING_KASIKORNBANK',
      'BANKTRANSFER_KASIKORNBANK',
    ]);
    const [small] = await optionsFor({ paymentAmount: money('99', 'THB') });
    expect(small).toMatchObject({ enabled: false, disableReason: 'EXCEED_CHANNEL_LIMIT_RULE' });
    const jakarta = { paymentAmount: money('16000', 'THB'), allowedPaymentMethodRegions: ['ID'] };
    expect(await optionsFor(jakarta)).toContainEqual(
      expect.objectContaining({ enabled: false, disableReason: 'CHANNEL_NOT_SUPPORT_CURRENCY' }),
    );
  });

  it('offers no banking app on a desktop', async () => {
    const options = await optionsFor({ paymentAmount: money('16000', 'THB'), env: { terminalType: 'WEB' } });
    expect(options.filter(({ paymentMethodType }) => paymentMethodType.startsWith('BANKAPP'))).toEqual([]);
    expect(options).toHaveLength(11);
  });

  it('lists only what is wanted', async () => {
    const paymentAmount = money('1500000', 'IDR');
    const allowedPaymentMethods = ['BANKTRANSFER_BNI', 'CIMBNIAGA'];
    const blockedPaymentMethods = ['CIMBNIAGA'];
    const options = await optionsFor({ paymentAmount, allowedPaymentMethods, blockedPaymentMethods });
    expect(options.map(({ paymentMethodType }) => paymentMethodType)).toEqual(['BANKTRANSFER_BNI']);
  });

  it('names the banks behind FPX', async () => {
    const [fpx] = await optionsFor({ paymentAmount: money('2500', 'MYR') });
    expect(fpx).toMatchObject({
      paymentOptionDetail: {
        supportBanks: expect.arrayContaining([{ bankIdentifierCode: 'MYM2U', bankShortName: 'Maybank2u' }]),
      },
    });
  });

  it.each([
    ['NO_PAY_OPTIONS', { paymentAmount: money('100', 'CHF') }],
    ['PARAM_ILLEGAL', {}],
    ['PARAM_ILLEGAL', { paymentAmount: money('1', 'THB'), allowedPaymentMethods: 'BPI' }],
    ['PARAM_ILLEGAL', { paymentAmount: money('1', 'THB'), productCode: 'AGREEMENT_PAYMENT' }],
  ])('is refused with %s for %j', async (code, body) => {
    expect((await consult(body)).result).toMatchObject({ resultStatus: 'F', resultCode: code });
  });
});
