/** Every state machine of this service as data, for the printed documentation. */
export { paymentTransitions as paymentLife } from './payment-transitions.js';
export { refundTransitions as refundLife } from './refund-transitions.js';
