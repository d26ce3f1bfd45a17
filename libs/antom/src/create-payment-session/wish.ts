import { type Money } from '@kasir/kernel';
import { type BankWish } from '../bank-methods/bank-method.js';

/** Which currency Antom pays out, by the currency that shoppers pay, such as `{ THB: 'USD' }`. */
export type SettlementCurrencies = Readonly<Record<string, string>>;

/** What we want of Antom when a shopper is about to pay, in our own words. */
export interface PaymentSessionWish {
  /** Names this attempt for ever: a repeat under the same id is the same attempt. */
  readonly paymentRequestId: string;
  readonly orderId: string;
  readonly description: string;
  readonly orderAmount: Money;
  /** What the shopper pays; a promotion makes it differ from the order's amount. */
  readonly amount: Money;
  readonly bank: BankWish;
  readonly terminal: { readonly type: 'WEB' | 'WAP' | 'APP'; readonly os?: 'IOS' | 'ANDROID' | undefined };
  readonly clientIp: string;
  readonly userAgent?: string | undefined;
  readonly buyer?:
    | {
        readonly id?: string | undefined;
        readonly name?: string | undefined;
        readonly email?: string | undefined;
        readonly phone?: string | undefined;
      }
    | undefined;
  /** An https page. Its query carries nothing, or the one value that is `paymentRequestId`. */
  readonly redirectUrl: string;
  /** Our public address for Antom's notifications, without a query. */
  readonly notifyUrl: string;
  readonly settlementCurrency: string | SettlementCurrencies;
  /** Within the next hour, which is what Antom takes when it is left out. */
  readonly sessionExpiresAt?: Date | undefined;
  /** Antom's own time-out of the method when it is left out: 14 minutes, or 48 hours for a transfer. */
  readonly paymentExpiresAt?: Date | undefined;
  readonly now: Date;
  /** Antom's bank samples write the choice of bank as JSON in a string (default), its newer SDKs as an object. */
  readonly metaDataAs?: 'string' | 'object' | undefined;
}
