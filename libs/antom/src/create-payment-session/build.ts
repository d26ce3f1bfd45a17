import { type FrozenRequest } from '../http/answer.js';
import { InvalidRequest, problemsOf } from '../invalid-request.js';
import { printTime } from '../times.js';
import { CreatePaymentSession } from './request.js';
import { type BankWish, type PaymentSessionWish } from './wish.js';

export const createPaymentSessionPath = '/ams/api/v1/payments/createPaymentSession';

const hour = 3_600_000;

/**
 * The whole request as bytes, to be stored and sent as often as needed: the same wish gives the same bytes.
 * @throws InvalidRequest naming every field that Antom would refuse
 */
export function buildCreatePaymentSession(wish: PaymentSessionWish): FrozenRequest {
  const request = inAntomsWords(wish);
  const checked = CreatePaymentSession.safeParse(request);
  const problems = [...(checked.error === undefined ? [] : problemsOf(checked.error)), ...expiryProblems(wish)];
  if (checked.data === undefined || problems.length > 0) throw new InvalidRequest(problems);
  return { path: createPaymentSessionPath, body: print(checked.data, wish.metaDataAs ?? 'string') };
}

function inAntomsWords(wish: PaymentSessionWish): object {
  const { id, name, email, phone } = wish.buyer ?? {};
  return {
    productCode: 'CASHIER_PAYMENT',
    paymentRequestId: wish.paymentRequestId,
    order: {
      referenceOrderId: wish.orderId,
      orderDescription: wish.description,
      orderAmount: wish.orderAmount,
      buyer: present({
        referenceBuyerId: id,
        buyerName: name === undefined ? undefined : { fullName: name },
        buyerEmail: email,
        buyerPhoneNo: phone,
      }),
    },
    paymentAmount: wish.amount,
    paymentMethod: { paymentMethodType: 'BANK', paymentMethodMetaData: metaData(wish.bank) },
    paymentRedirectUrl: wish.redirectUrl,
    paymentNotifyUrl: wish.notifyUrl,
    settlementStrategy: { settlementCurrency: wish.settlementCurrency },
    paymentSessionExpiryTime: wish.sessionExpiresAt === undefined ? undefined : printTime(wish.sessionExpiresAt),
    env: {
      terminalType: wish.terminal.type,
      osType: wish.terminal.os,
      clientIp: wish.clientIp,
      userAgent: wish.userAgent,
    },
  };
}

const metaData = ({ bankName, category, region }: BankWish) =>
  present({ bankName, paymentMethodCategory: category, paymentMethodRegion: region });

/** Without what is undefined; undefined when nothing is left. */
function present(fields: Record<string, unknown>): object | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function expiryProblems({ sessionExpiresAt, now }: PaymentSessionWish) {
  if (sessionExpiresAt === undefined) return [];
  const life = sessionExpiresAt.getTime() - now.getTime();
  return life > 0 && life <= hour
    ? []
    : [{ field: 'paymentSessionExpiryTime', message: 'must lie within the next hour' }];
}

function print(request: CreatePaymentSession, metaDataAs: 'string' | 'object'): string {
  const { paymentMethodType, paymentMethodMetaData } = request.paymentMethod;
  return JSON.stringify({
    ...request,
    paymentMethod: {
      paymentMethodType,
      paymentMethodMetaData: metaDataAs === 'string' ? JSON.stringify(paymentMethodMetaData) : paymentMethodMetaData,
    },
  });
}
