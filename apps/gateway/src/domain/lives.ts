import { cancelLife } from './cancel.js';
import { orderLife } from './order.js';
import { life } from './payment-session.js';
import { refundLife } from './refund.js';

/** Every life that the gateway follows, by the name of what lives it. */
export const lives = { paymentSession: life, cancel: cancelLife, refund: refundLife, order: orderLife };
