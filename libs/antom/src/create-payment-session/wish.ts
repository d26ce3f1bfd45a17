import { type Money } from '@kasir/kernel';

/** How the shopper wants to pay: exactly one of these. */
export interface BankWish {
  /** One bank, spelt as Antom spells it. */
  readonly bankName?: string | undefined;
  readonly category?: 'BANK_TRANSFER' | 'MOBILE_BANKING_APP' | 'ONLINE_BANKING' | undefined;
  /** The banks of a country. */
  readonly region?: 'TH' | 'ID' | undefined;
}

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
  readonly redirectUrl: string;
  /** Our public address for Antom's notifications, without a query. */
  readonly notifyUrl: string;
  readonly settlementCurrency: string;
  /** Within the next hour, which is what Antom takes when it is left out. */
  readonly sessionExpiresAt?: Date | undefined;
  readonly now: Date;
  /** Antom's bank samples write the choice of bank as JSON in a string (default), its newer SDKs as an object. */
  readonly metaDataAs?: 'string' | 'object' | undefined;
}
