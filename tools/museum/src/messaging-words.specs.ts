import { payments } from '@kasir/contracts';
import { paid, type Street } from './messaging-lab.specs.js';

/** What the bank's ear says when an order has been paid. @returns the event's id */
export const succeeds = (street: Street, orderId: string, id?: string): Promise<string> =>
  street.bus.say(payments, 'PaymentSucceeded', paid(orderId), id);

/** The headers of that, for whoever sends bytes of their own. */
export const headersOf = (orderId: string): Record<string, string> => ({
  ce_specversion: '1.0',
  ce_id: crypto.randomUUID(),
  ce_type: 'PaymentSucceeded',
  ce_source: 'notification',
  ce_subject: orderId,
  ce_time: '2026-11-22T08:00:00Z',
  ce_dataschema: 'urn:kasir:payments.v1:PaymentSucceeded',
  ce_sequence: '1',
});
