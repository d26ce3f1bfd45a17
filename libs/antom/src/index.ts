export * from './signatures/index.js';
export { isSandbox, wirePath } from './environment.js';
export { type Result, type ResultStatus } from './results.js';
export { parseRequestTime } from './times.js';
export { type FieldProblem, InvalidRequest } from './invalid-request.js';
export { type Answer, type FrozenRequest, type UnknownReason } from './http/answer.js';
export { AntomClient, type AntomClientOptions, type AntomTimeouts } from './http/antom-client.js';
export { buildCreatePaymentSession, createPaymentSessionPath } from './create-payment-session/build.js';
export {
  createPaymentSessionReactions,
  type Reaction,
  type ReactionRule,
  reactionTo,
} from './create-payment-session/reactions.js';
export { readSessionAnswer, type SessionAnswer } from './create-payment-session/session-answer.js';
export { type BankWish, type PaymentSessionWish } from './create-payment-session/wish.js';
export { acknowledgement, failureAnswer } from './notifications/acknowledgement.js';
export { type AttemptNews } from './notifications/news.js';
export {
  type ForgeryReason,
  type Notification,
  type NotificationRequest,
  type NotificationTrust,
  type NotificationVerdict,
} from './notifications/notification.js';
export { readNotification } from './notifications/read-notification.js';
