export type Country = 'TH' | 'ID' | 'MY' | 'PH';
export type Category = 'MOBILE_BANKING_APP' | 'ONLINE_BANKING' | 'BANK_TRANSFER';

/** One way to pay at one bank, and what Antom's pages say about it. */
export interface BankMethod {
  /** The `paymentMethodType` by which Antom reports it. */
  readonly code: string;
  /** As Antom spells it. */
  readonly bank: string;
  readonly country: Country;
  readonly currency: string;
  readonly category: Category;
  /** In minor units; `undefined` where only the buyer's own limit counts. */
  readonly limits: { readonly min?: string; readonly max?: string };
  /** How long the buyer has after choosing it, in milliseconds. */
  readonly timeOutMs: number;
  readonly cancel: CancelWindow;
  readonly refund: RefundWay;
}

/** Until when a payment can be cancelled. The day is the one of GMT+8. */
export type CancelWindow = 'before success' | 'never' | 'until 00:15 of the next day';

/** Whether money goes back by API, and whether the answer already says that it did. */
export type RefundWay = 'never' | 'at once' | 'later';
