import { type Money } from '@kasir/kernel';
import { z } from 'zod';
import { type FrozenRequest } from '../http/answer.js';
import { Amount, currency, merchantAccountId, terminal, withItsSystem } from '../requests/fields.js';
import { freeze } from '../requests/freeze.js';

const region = z.string().regex(/^([A-Z]{2}|GLOBAL)$/, 'must be a country of two letters, or GLOBAL');
const country = z.string().regex(/^[A-Z]{2}$/, 'must be a country of two letters');
const method = z.string().regex(/^[A-Z0-9_]{1,64}$/, 'must be a name such as "BANKAPP_BANGKOKBANK"');

/** Antom's consult, with Antom's names and limits. */
export const Consult = z.strictObject({
  productCode: z.literal('CASHIER_PAYMENT'),
  paymentAmount: Amount,
  settlementStrategy: z.strictObject({ settlementCurrency: currency }).optional(),
  env: withItsSystem(z.strictObject(terminal)),
  allowedPaymentMethodRegions: z.array(region).min(1).optional(),
  allowedPaymentMethods: z.array(method).min(1).optional(),
  blockedPaymentMethods: z.array(method).min(1).optional(),
  userRegion: country.optional(),
  merchantAccountId: merchantAccountId.optional(),
});

/** What we want to know, in our own words: how can a shopper pay this? */
export interface ConsultWish {
  readonly amount: Money;
  readonly settlementCurrency?: string | undefined;
  readonly terminal: { readonly type: 'WEB' | 'WAP' | 'APP'; readonly os?: 'IOS' | 'ANDROID' | undefined };
  /** Countries such as TH, or GLOBAL. */
  readonly regions?: readonly string[] | undefined;
  /** Antom's names of methods, such as BANKAPP_BANGKOKBANK. */
  readonly methods?: readonly string[] | undefined;
  readonly withoutMethods?: readonly string[] | undefined;
  readonly shopperRegion?: string | undefined;
  readonly merchantAccountId?: string | undefined;
}

/**
 * The question which methods can be offered.
 * @throws InvalidRequest naming every field that Antom would refuse
 */
export const buildConsult = (wish: ConsultWish): FrozenRequest =>
  freeze('consult', Consult, {
    productCode: 'CASHIER_PAYMENT',
    paymentAmount: wish.amount,
    settlementStrategy:
      wish.settlementCurrency === undefined ? undefined : { settlementCurrency: wish.settlementCurrency },
    env: { terminalType: wish.terminal.type, osType: wish.terminal.os },
    allowedPaymentMethodRegions: wish.regions,
    allowedPaymentMethods: wish.methods,
    blockedPaymentMethods: wish.withoutMethods,
    userRegion: wish.shopperRegion,
    merchantAccountId: wish.merchantAccountId,
  });
