import { z } from 'zod';
import { Amount, currency, id, ipAddress, NotifyUrl, RedirectUrl, text } from './request-fields.js';

/** The three ways in which the bank SDK shows banks: one, a kind of them, or those of a country. */
export const BankMetaData = z.union(
  [
    z.strictObject({ bankName: text(64) }),
    z.strictObject({ paymentMethodCategory: z.enum(['BANK_TRANSFER', 'MOBILE_BANKING_APP', 'ONLINE_BANKING']) }),
    z.strictObject({ paymentMethodRegion: z.enum(['TH', 'ID']) }),
  ],
  {
    error:
      'must name exactly one bankName, paymentMethodCategory or paymentMethodRegion, with a value that Antom knows',
  },
);
export type BankMetaData = z.infer<typeof BankMetaData>;

const Env = z
  .strictObject({
    terminalType: z.enum(['WEB', 'WAP', 'APP']),
    osType: z.enum(['IOS', 'ANDROID']).optional(),
    clientIp: ipAddress,
    userAgent: text(1024).optional(),
  })
  .refine(({ terminalType, osType }) => terminalType === 'WEB' || osType !== undefined, {
    path: ['osType'],
    message: 'must be IOS or ANDROID unless terminalType is WEB',
  });

const Buyer = z.strictObject({
  referenceBuyerId: text(64).optional(),
  buyerName: z.strictObject({ fullName: text(128) }).optional(),
  buyerEmail: text(64).optional(),
  buyerPhoneNo: text(24).optional(),
});

/** Antom's createPaymentSession for the bank SDK, with Antom's names and limits. Nothing else is ever sent. */
export const CreatePaymentSession = z.strictObject({
  /** The guide's text once says AGREEMENT_PAYMENT; its samples, the reference and the SDKs all say this. */
  productCode: z.literal('CASHIER_PAYMENT'),
  paymentRequestId: id,
  order: z.strictObject({
    referenceOrderId: id,
    orderDescription: text(256),
    orderAmount: Amount,
    buyer: Buyer.optional(),
  }),
  paymentAmount: Amount,
  paymentMethod: z.strictObject({ paymentMethodType: z.literal('BANK'), paymentMethodMetaData: BankMetaData }),
  paymentRedirectUrl: RedirectUrl,
  paymentNotifyUrl: NotifyUrl,
  settlementStrategy: z.strictObject({ settlementCurrency: currency }),
  paymentSessionExpiryTime: z.iso.datetime({ offset: true }).optional(),
  env: Env,
});
export type CreatePaymentSession = z.infer<typeof CreatePaymentSession>;
