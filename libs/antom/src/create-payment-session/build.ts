import { type FrozenRequest } from '../http/answer.js';
import { type BankWish } from '../bank-methods/bank-method.js';
import { pathOf } from '../requests/calls.js';
import { InvalidRequest, problemsOf } from '../requests/invalid-request.js';
import { printTime } from '../times.js';
import { CreatePaymentSession } from './request.js';
import { type PaymentSessionWish } from './wish.js';
import { wishProblems } from './wish-problems.js';

export const createPaymentSessionPath = pathOf('createPaymentSession');

/**
 * The whole request as bytes, to be stored and sent as often as needed: the same wish gives the same bytes.
 * @throws InvalidRequest naming every field that Antom would refuse
 */
export function buildCreatePaymentSession(wish: PaymentSessionWish): FrozenRequest {
  const request = inAntomsWords(wish);
  const checked = CreatePaymentSession.safeParse(request);
  const problems = [...(checked.error === undefined ? [] : problemsOf(checked.error)), ...wishProblems(wish)];
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
    settlementStrategy: { settlementCurrency: settlementCurrency(wish) },
    paymentSessionExpiryTime: printed(wish.sessionExpiresAt),
    paymentExpiryTime: printed(wish.paymentExpiresAt),
    env: {
      terminalType: wish.terminal.type,
      osType: wish.terminal.os,
      clientIp: wish.clientIp,
      userAgent: wish.userAgent,
    },
  };
}

/** What is no time is left out: it is refused by its name among the problems of the wish. */
const printed = (time: Date | undefined): string | undefined =>
  time === undefined || Number.isNaN(time.getTime()) ? undefined : printTime(time);

/** Where one currency is named per payment currency, what is not named is left to the schema to miss. */
const settlementCurrency = ({ settlementCurrency: chosen, amount }: PaymentSessionWish): string =>
  typeof chosen === 'string' ? chosen : (Object.hasOwn(chosen, amount.currency) && chosen[amount.currency]) || '';

/** What is none of our words is passed on, so that it is refused by its name and not forgotten. */
const metaData = ({ bankName, category, region, ...others }: BankWish) =>
  present({ bankName, paymentMethodCategory: category, paymentMethodRegion: region, ...others });

/** Without what is undefined; undefined when nothing is left. */
function present(fields: Record<string, unknown>): object | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
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
