import { type ReactionRow } from './reaction.js';
import {
  alarm,
  askAgain,
  bug,
  cancelCodes,
  captureCodes,
  connectors,
  failed,
  idempotencyPage,
  inquire,
  javaSdk,
  openAlarm,
  openBug,
  openPerson,
  person,
  refundPages,
  retry,
  rule,
  sisterApi,
  statusPage,
} from './row.js';

const changes = ['createPaymentSession', 'cancel', 'refund'] as const;
const questions = ['inquiryPayment', 'inquiryRefund', 'consult'] as const;
const create = ['createPaymentSession'] as const;
const cancel = ['cancel'] as const;
const refund = ['refund'] as const;
const result = ['payment result'] as const;

/** Met in the answer to any call. */
const anywhere: readonly ReactionRow[] = [
  ...rule(changes, ['UNKNOWN_EXCEPTION', 'U'], retry, captureCodes),
  ...rule(questions, ['UNKNOWN_EXCEPTION', 'U'], askAgain, captureCodes),
  ...rule(changes, ['REQUEST_TRAFFIC_EXCEED_LIMIT', 'U'], retry, connectors, 'slow down first'),
  ...rule(questions, ['REQUEST_TRAFFIC_EXCEED_LIMIT', 'U'], askAgain, connectors, 'slow down first'),
  ...rule([...changes, ...questions], ['SIGNATURE_INVALID', 'F'], openAlarm, connectors, 'often unsigned'),
  ...rule([...changes, ...questions], ['KEY_NOT_FOUND', 'F'], openAlarm, connectors, 'often unsigned'),
  ...rule([...changes, ...questions], ['CLIENT_INVALID', 'F'], openAlarm, captureCodes, 'often unsigned'),
  ...rule(changes, ['ACCESS_DENIED', 'F'], alarm, captureCodes),
  ...rule(questions, ['ACCESS_DENIED', 'F'], openAlarm, captureCodes),
  ...rule(changes, ['PARAM_ILLEGAL', 'F'], bug, captureCodes),
  ...rule(questions, ['PARAM_ILLEGAL', 'F'], openBug, captureCodes),
  ...rule(changes, ['REPEAT_REQ_INCONSISTENT', 'F'], bug, idempotencyPage, 'one id with two different requests'),
  ...rule(changes, ['INVALID_CONTRACT', 'F'], alarm, captureCodes),
  ...rule(changes, ['INVALID_MERCHANT_STATUS', 'F'], alarm, connectors),
];

const creating: readonly ReactionRow[] = [
  ...rule(create, ['PAYMENT_IN_PROCESS', 'U'], retry, javaSdk),
  ...rule(create, ['INVALID_PAYMENT_METHOD_META_DATA', 'F'], bug, connectors),
  ...rule(create, ['SETTLE_CONTRACT_NOT_MATCH', 'F'], alarm, connectors, 'the settlement currency is not contracted'),
  ...rule(create, ['MERCHANT_KYB_NOT_QUALIFIED', 'F'], alarm, connectors),
  ...rule(create, ['NO_PAY_OPTIONS', 'F'], alarm, captureCodes),
  ...rule(create, ['PAYMENT_NOT_QUALIFIED', 'F'], alarm, connectors),
  ...rule(create, ['CURRENCY_NOT_SUPPORT', 'F'], alarm, captureCodes),
  ...rule(create, ['ORDER_IS_CLOSED', 'F'], failed, connectors),
  ...rule(create, ['ORDER_IS_CANCELED', 'F'], failed, captureCodes),
  ...rule(create, ['PAYMENT_AMOUNT_EXCEED_LIMIT', 'F'], failed, connectors),
  ...rule(create, ['PAYMENT_COUNT_EXCEED_LIMIT', 'F'], failed, connectors),
  ...rule(create, ['USER_AMOUNT_EXCEED_LIMIT', 'F'], failed, captureCodes),
  ...rule(create, ['RISK_REJECT', 'F'], failed, captureCodes),
  ...rule(create, ['PROCESS_FAIL', 'F'], failed, captureCodes),
];

const cancelling: readonly ReactionRow[] = [
  ...rule(
    cancel,
    ['ORDER_NOT_EXIST', 'F'],
    inquire,
    cancelCodes,
    'before the shopper confirms there may be nothing to cancel yet; the session lives on',
  ),
  ...rule(cancel, ['ORDER_STATUS_INVALID', 'F'], inquire, cancelCodes),
  ...rule(
    cancel,
    ['CANCEL_WINDOW_EXCEED', 'F'],
    inquire,
    cancelCodes,
    'too late: refund where the method can, else a person',
  ),
  ...rule(
    cancel,
    ['PROCESS_FAIL', 'F'],
    person,
    cancelCodes,
    'also said of a payment that was refunded: an inquiry shows it',
  ),
];

const refunding: readonly ReactionRow[] = [
  ...rule(
    refund,
    ['ORDER_NOT_EXIST', 'F'],
    bug,
    refundPages,
    'a payment id that Antom never gave us, or sandbox and production mixed up',
  ),
  ...rule(refund, ['ORDER_STATUS_INVALID', 'F'], inquire, refundPages),
  ...rule(refund, ['CURRENCY_NOT_SUPPORT', 'F'], bug, captureCodes, 'a refund is in the currency of its payment'),
  ...rule(refund, ['REFUND_AMOUNT_EXCEED', 'F'], person, refundPages, 'more than is left of the payment'),
  ...rule(refund, ['REFUND_WINDOW_EXCEED', 'F'], person, connectors),
  ...rule(refund, ['PROCESS_FAIL', 'F'], person, refundPages),
];

const asking: readonly ReactionRow[] = [
  ...rule(
    ['inquiryPayment'],
    ['ORDER_NOT_EXIST', 'F'],
    inquire,
    statusPage,
    'before the shopper confirms there is no payment yet: only after the end of the session does it mean that nothing will come',
  ),
  ...rule(['inquiryPayment'], ['PROCESS_FAIL', 'F'], openPerson, captureCodes),
  ...rule(
    ['inquiryRefund'],
    ['ORDER_NOT_EXIST', 'F'],
    inquire,
    sisterApi,
    'after an unanswered refund: send it again under the same id',
  ),
  ...rule(['inquiryRefund'], ['PROCESS_FAIL', 'F'], openPerson, captureCodes),
  ...rule(['consult'], ['NO_PAY_OPTIONS', 'F'], openAlarm, connectors),
  ...rule(['consult'], ['CURRENCY_NOT_SUPPORT', 'F'], openAlarm, connectors),
  ...rule(['consult'], ['INVALID_CONTRACT', 'F'], openAlarm, connectors),
];

/** Of a payment itself: in a notification, or as `paymentResultCode` of an inquiry. */
const paying: readonly ReactionRow[] = [
  ...rule(result, ['PAYMENT_IN_PROCESS', 'U'], askAgain, javaSdk),
  ...rule(result, ['UNKNOWN_EXCEPTION', 'U'], askAgain, captureCodes),
  ...rule(result, ['ORDER_IS_CLOSED', 'F'], failed, connectors),
  ...rule(result, ['ORDER_IS_CANCELED', 'F'], failed, captureCodes),
  ...rule(result, ['RISK_REJECT', 'F'], failed, captureCodes),
  ...rule(result, ['USER_AMOUNT_EXCEED_LIMIT', 'F'], failed, captureCodes),
  ...rule(result, ['USER_BALANCE_NOT_ENOUGH', 'F'], failed, connectors),
  ...rule(result, ['PAYMENT_AMOUNT_EXCEED_LIMIT', 'F'], failed, connectors),
  ...rule(result, ['PAYMENT_COUNT_EXCEED_LIMIT', 'F'], failed, connectors),
  ...rule(result, ['USER_NOT_EXIST', 'F'], failed, connectors),
  ...rule(result, ['USER_STATUS_ABNORMAL', 'F'], failed, connectors),
  ...rule(result, ['USER_PAYMENT_VERIFICATION_FAILED', 'F'], failed, connectors),
  ...rule(result, ['DO_NOT_HONOR', 'F'], failed, connectors),
  ...rule(result, ['PROCESS_FAIL', 'F'], failed, captureCodes, 'nothing to repeat by itself'),
];

/** What to do about each result code, by the place where it is met. */
export const reactionRows: readonly ReactionRow[] = [
  ...anywhere,
  ...creating,
  ...cancelling,
  ...refunding,
  ...asking,
  ...paying,
];
