export {
  type AnyEvent,
  type DataOf,
  defineEvent,
  defineTopic,
  type Envelope,
  type EventContract,
  type EventOf,
  type ReaderName,
  type ServiceName,
  type TopicContract,
} from './define.js';
export {
  BankChoice,
  Buyer,
  Description,
  Money,
  OrderFacts,
  OrderId,
  PaymentSessionId,
  Terminal,
  Timestamp,
} from './fields.js';
export {
  CheckoutTokenClaims,
  CreatePaymentSessionBody,
  OrderView,
  PaymentSessionStatus,
  PaymentSessionView,
  Problem,
} from './http.js';
export { OrderNeedsAttention, OrderOpened, OrderPaid, orders, type OrderEvent } from './orders.js';
export {
  PaymentExpired,
  PaymentFailed,
  PaymentMismatched,
  PaymentNeedsAttention,
  PaymentPending,
  PaymentSucceeded,
  payments,
  type PaymentEvent,
} from './payments.js';
export {
  PaymentAttemptStarted,
  PaymentSessionCreated,
  PaymentSessionRejected,
  paymentSessions,
  type PaymentSessionEvent,
} from './payment-sessions.js';
export {
  InquiryRequested,
  PaymentSessionRequested,
  sessionRequests,
  type SessionRequestEvent,
} from './session-requests.js';
export { topicConfig, topics } from './topics.js';
