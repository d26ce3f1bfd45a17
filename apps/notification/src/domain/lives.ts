/** Every life of this service as data, for whoever prints them. */
export { refundLife } from './refund-life.js';
export { watchLife } from './watch-life.js';
