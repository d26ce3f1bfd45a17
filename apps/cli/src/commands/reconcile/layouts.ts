/** What a row says, by our names. */
export type Field = 'orderId' | 'paymentSessionId' | 'paymentId' | 'refundRequestId' | 'value' | 'currency' | 'inquiry';
export type RowKind = 'payment' | 'refund';

/** Where a file keeps what we want to know. Column names are compared as they are, words of kinds in lower case. */
export interface Layout {
  /** False where nobody has seen such a file from the other side yet. */
  readonly verified: boolean;
  readonly kind: {
    readonly column: string;
    readonly words: Readonly<Record<string, RowKind>>;
    /** Rows of these kinds move no money that we keep books of. */
    readonly skipped: readonly string[];
  };
  /** The column of each field. */
  readonly columns: Readonly<Record<RowKind, Readonly<Partial<Record<Field, string>>>>>;
  /** Columns that may be absent. */
  readonly optional: readonly string[];
  /** The only field of a last line that says that the file is whole; without it the file was cut off. */
  readonly endMark?: string;
}

const own = {
  orderId: 'orderId',
  paymentSessionId: 'paymentSessionId',
  paymentId: 'paymentId',
  value: 'amount',
  currency: 'currency',
  inquiry: 'inquiry',
} as const;

const ofAntom = { value: 'transactionAmountValue', currency: 'transactionCurrency' } as const;

export const layouts = {
  kasir: {
    verified: true,
    kind: { column: 'kind', words: { payment: 'payment', refund: 'refund' }, skipped: [] },
    columns: { payment: own, refund: { ...own, refundRequestId: 'refundRequestId' } },
    optional: ['orderId', 'inquiry'],
  },
  /** Source: Antom, settlement details report; no real file has been read with it. */
  antom: {
    verified: false,
    kind: {
      column: 'transactionType',
      words: { payment: 'payment', refund: 'refund' },
      skipped: ['cancel', 'capture', 'authorization', 'void', 'chargeback', 'dispute'],
    },
    columns: {
      payment: { ...ofAntom, paymentSessionId: 'transactionRequestId', paymentId: 'transactionId' },
      refund: {
        ...ofAntom,
        refundRequestId: 'transactionRequestId',
        paymentId: 'originalTransactionId',
        paymentSessionId: 'originalTransactionRequestId',
      },
    },
    optional: [],
    endMark: '<END>',
  },
} as const satisfies Record<string, Layout>;

export type LayoutName = keyof typeof layouts;
