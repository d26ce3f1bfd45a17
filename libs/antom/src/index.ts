export * from './signatures/index.js';
export { isSandbox, wirePath } from './environment.js';
export { type Result, type ResultStatus } from './results.js';
export { parseRequestTime } from './times.js';
export { type Freshness, type FreshnessLimits, freshnessOf, usualFreshness } from './freshness.js';
export { type Call, pathOf } from './requests/calls.js';
export { type FieldProblem, InvalidRequest } from './requests/invalid-request.js';
export { type PaymentReference, type RefundReference } from './requests/references.js';
export { textProblem } from './requests/text-policy.js';
export { type Answer, type Antom, type FrozenRequest, type UnknownReason } from './http/answer.js';
export { AntomClient, type AntomClientOptions, type AntomTimeouts } from './http/antom-client.js';
export { antomGauges } from './guard/gauges.js';
export { type AntomHealth, GuardedAntom, type GuardLimits, type GuardOptions } from './guard/guarded-antom.js';
export { type SentCall } from './guard/sent-call.js';
export { type Stopwatch } from './guard/stopwatch.js';
export { type AntomConfig, antomSettings } from './settings/antom-settings.js';
export { type AntomSurroundings, connectAntom, longestWaitMs } from './settings/connect-antom.js';
export { parseSettlementCurrencies } from './settings/settlement-currencies.js';
export { type Place, type Reaction, type ReactionRow, type ReactionRule } from './reactions/reaction.js';
export { reactionRows } from './reactions/rows.js';
export { reactionTo } from './reactions/reaction-to.js';
export { reactionsAsMarkdown } from './reactions/markdown.js';
export { type Unsure } from './reading/judge.js';
export { buildCreatePaymentSession, createPaymentSessionPath } from './create-payment-session/build.js';
export { readSessionAnswer, type SessionAnswer } from './create-payment-session/session-answer.js';
export { type PaymentSessionWish, type SettlementCurrencies } from './create-payment-session/wish.js';
export { buildInquiryPayment } from './inquiry-payment/build.js';
export { type PaymentInquiry, readPaymentInquiry } from './inquiry-payment/answer.js';
export { type PaymentStatus } from './inquiry-payment/status.js';
export { type Transaction, type TransactionKind } from './inquiry-payment/transactions.js';
export { buildCancel } from './cancel/build.js';
export { type CancelAnswer, type CancelRefusal, mostCancelTries, readCancelAnswer } from './cancel/answer.js';
export { buildRefund, type RefundWish } from './refund/build.js';
export { readRefundAnswer, type RefundAnswer } from './refund/answer.js';
export { buildInquiryRefund } from './inquiry-refund/build.js';
export { readRefundInquiry, type RefundInquiry, type RefundStatus } from './inquiry-refund/answer.js';
export { buildConsult, type ConsultWish } from './consult/build.js';
export { type ConsultAnswer, readConsultAnswer } from './consult/answer.js';
export { type AmountLimit, type MethodLimits } from './consult/limits.js';
export { type OfferedMethod } from './consult/offered-method.js';
export { type BankCategory, type BankMethod, type BankWish } from './bank-methods/bank-method.js';
export { bankMethods } from './bank-methods/catalogue.js';
export { limitProblem } from './bank-methods/limits.js';
export { canCancel, canRefund, longestPaymentMs, methodsOf, type Possible } from './bank-methods/rules.js';
export { acknowledgement, failureAnswer } from './notifications/acknowledgement.js';
export {
  type AmountNews,
  type AttemptNews,
  type CaptureNews,
  type DisputeNews,
  type RefundNews,
} from './notifications/news.js';
export {
  type ForgeryReason,
  type Notification,
  type NotificationRequest,
  type NotificationTrust,
  type NotificationVerdict,
} from './notifications/notification.js';
export { readNotification } from './notifications/read-notification.js';
export {
  type Cause,
  type Diagnosis,
  type Expectation,
  type Finding,
  type NamedKey,
  type SuspectCall,
} from './doctor/case.js';
export { diagnose } from './doctor/diagnose.js';
