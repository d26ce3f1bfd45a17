import { CheckoutTokenClaims, CreateRefundBody, MerchantPaymentSessionBody } from '@kasir/contracts';
import { read } from './field-errors.js';

const complaintsOf = (schema: Parameters<typeof read>[0], value: unknown) => {
  const result = read(schema, value, 'body');
  return 'complaints' in result ? result.complaints.wrong : [];
};
const order = { id: 'O-1', amount: { value: '160', currency: 'THB' }, description: 'Cappuccino' };
const choice = { order, bankChoice: { region: 'TH' }, terminal: { type: 'WEB' } };

describe('a field that is wrong', () => {
  it.each([
    [
      CheckoutTokenClaims,
      { order: { ...order, expiresAt: 'tomorrow' } },
      'order.expiresAt',
      'must be a time with its offset, such as 2026-11-23T12:00:00Z',
    ],
    [CheckoutTokenClaims, { order: { ...order, description: '' } }, 'order.description', 'must not be empty'],
    [CheckoutTokenClaims, { order, redirectUrl: 'thank-you' }, 'redirectUrl', 'must be a URL'],
    [CreateRefundBody, { reason: 'x'.repeat(257) }, 'reason', 'must have at most 256 characters'],
    [
      MerchantPaymentSessionBody,
      { ...choice, shopper: { ip: '999.1.1.1' } },
      'shopper.ip',
      'must be an IPv4 address or an IPv6 address',
    ],
    [MerchantPaymentSessionBody, { ...choice, shopper: { ip: 5 } }, 'shopper.ip', 'must be a string'],
    [
      CreateRefundBody,
      { reason: 'cold', paymentSessionId: 'a b' },
      'paymentSessionId',
      'must match ^[A-Za-z0-9_-]{1,64}$',
    ],
  ])('is told how to mend it, in words of ours', (schema, value, field, message) => {
    expect(complaintsOf(schema, value)).toEqual([{ field, message }]);
  });
});
