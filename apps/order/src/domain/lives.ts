export { caseLife } from './case.js';
export { orderLife } from './order.js';
export { refundLife } from './refund.js';
