/** How a shopper reaches a bank. */
export type BankCategory = 'BANK_TRANSFER' | 'MOBILE_BANKING_APP' | 'ONLINE_BANKING';

/** How the shopper wants to pay: exactly one of these. */
export interface BankWish {
  /** One bank, spelt as Antom spells it. */
  readonly bankName?: string | undefined;
  readonly category?: BankCategory | undefined;
  /** The banks of a country. */
  readonly region?: 'TH' | 'ID' | undefined;
}

/** One bank by one category, with what Antom's pages say of it. Amounts are minor units. */
export interface BankMethod {
  readonly country: 'TH' | 'ID';
  readonly currency: 'THB' | 'IDR';
  readonly category: BankCategory;
  /** Spelt as in Antom's pages; which spellings `bankName` takes is known to Antom's support only. */
  readonly bank: string;
  /** Undefined where Antom names no limit of its own. */
  readonly min?: bigint;
  readonly max?: bigint;
  /** From the moment the shopper chose the bank, unless a payment's own expiry says less. */
  readonly timeoutMs: number;
  /** Whether Antom can stop a payment, and until when. */
  readonly cancellable: 'until paid' | 'never';
  readonly refundable: boolean;
  readonly note?: string;
}
