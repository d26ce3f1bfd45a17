import { orderLife } from './order.js';
import { life } from './payment-session.js';
import { refundLife } from './refund.js';

/** Every transition table of the gateway, by the name of what it is about. An order may be open again, and begins there. */
export const lives = { paymentSession: life, refund: refundLife, order: { first: ['open'], arrows: orderLife } };
