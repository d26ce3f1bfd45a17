import { z } from 'zod';
import { Amount, bankSafeText, currency, id, ipAddress, terminal, text, withItsSystem } from '../requests/fields.js';
import { notifyUrl, RedirectUrl } from '../requests/urls.js';
import { metaDataProblem } from './misspelt-keys.js';

/** The three ways in which the bank SDK shows banks: one, a kind of them, or those of a country. */
export const BankMetaData = z.union(
  [
    z.strictObject({ bankName: text(64) }),
    z.strictObject({ paymentMethodCategory: z.enum(['BANK_TRANSFER', 'MOBILE_BANKING_APP', 'ONLINE_BANKING']) }),
    z.strictObject({ paymentMethodRegion: z.enum(['TH', 'ID']) }),
  ],
  { error: ({ input }) => metaDataProblem(input) },
);

const Env = withItsSystem(z.strictObject({ ...terminal, clientIp: ipAddress, userAgent: text(1024).optional() }));

const Buyer = z.strictObject({
  referenceBuyerId: text(64).optional(),
  buyerName: z.strictObject({ fullName: text(128) }).optional(),
  buyerEmail: text(64).optional(),
  buyerPhoneNo: text(24).optional(),
});

const time = z.iso.datetime({ offset: true });

/** Antom's createPaymentSession for the bank SDK, with Antom's names and limits. Nothing else is ever sent. */
export const CreatePaymentSession = z.strictObject({
  /** The guide's text once says AGREEMENT_PAYMENT; its samples, the reference and the SDKs all say this. */
  productCode: z.literal('CASHIER_PAYMENT'),
  paymentRequestId: id,
  order: z.strictObject({
    referenceOrderId: id,
    orderDescription: bankSafeText(256),
    orderAmount: Amount,
    buyer: Buyer.optional(),
  }),
  paymentAmount: Amount,
  paymentMethod: z.strictObject({ paymentMethodType: z.literal('BANK'), paymentMethodMetaData: BankMetaData }),
  paymentRedirectUrl: RedirectUrl,
  paymentNotifyUrl: notifyUrl(2048),
  settlementStrategy: z.strictObject({ settlementCurrency: currency }),
  paymentSessionExpiryTime: time.optional(),
  paymentExpiryTime: time.optional(),
  env: Env,
});
export type CreatePaymentSession = z.infer<typeof CreatePaymentSession>;
