import { type FieldError } from '@kasir/contracts';

/** What Antom calls a field, and what clients of the gateway call it. */
const names: Readonly<Record<string, string>> = {
  'order.referenceOrderId': 'order.id',
  'order.orderDescription': 'order.description',
  'order.orderAmount': 'order.amount',
  'order.buyer.referenceBuyerId': 'buyer.id',
  'order.buyer.buyerName.fullName': 'buyer.name',
  'order.buyer.buyerEmail': 'buyer.email',
  'order.buyer.buyerPhoneNo': 'buyer.phone',
  paymentAmount: 'payment.amount',
  'paymentMethod.paymentMethodMetaData': 'bankChoice',
  paymentRedirectUrl: 'redirectUrl',
  'env.terminalType': 'terminal.type',
  'env.osType': 'terminal.os',
  'env.clientIp': 'shopper.ip',
  'env.userAgent': 'shopper.userAgent',
  refundAmount: 'amount',
  refundReason: 'reason',
};

/** Each field by the name that its sender knows, and how to mend it. What only we send keeps Antom's name. */
export const inOurWords = (problems: readonly FieldError[]): FieldError[] =>
  problems.map(({ field, message }) => ({ field: ourNameOf(field), message }));

function ourNameOf(field: string): string {
  const [antoms, ours] = Object.entries(names).find(([name]) => `${field}.`.startsWith(`${name}.`)) ?? [];
  return antoms === undefined || ours === undefined ? field : ours + field.slice(antoms.length);
}
