/** What we ask of Antom. */
export type Call = 'createPaymentSession' | 'inquiryPayment' | 'cancel' | 'refund' | 'inquiryRefund' | 'consult';

/** A call's path as in Antom's reference, without the sandbox's prefix. */
export const pathOf = (call: Call): string => `/ams/api/v1/payments/${call}`;
