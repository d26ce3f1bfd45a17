import { type Scenario } from './scenario.js';

const second = 1_000;
const minute = 60 * second;

/** Everything that can be made to happen to a payment, by name. */
export const scenarios = {
  success: { stage: 'bank', about: 'the buyer pays', does: () => ({ word: 'pays' }) },
  underpay: {
    stage: 'bank',
    about: 'the buyer pays less than was asked for',
    does: ({ value }) => ({ word: 'pays', other: { than: 'less', value } }),
  },
  overpay: {
    stage: 'bank',
    about: 'the buyer pays more than was asked for',
    does: ({ value }) => ({ word: 'pays', other: { than: 'more', value } }),
  },
  fail: {
    stage: 'bank',
    about: 'the bank refuses',
    does: ({ code = 'USER_BALANCE_NOT_ENOUGH' }) => ({ word: 'refuses', code }),
  },
  user_cancel: {
    stage: 'bank',
    about: 'the buyer gives up at the bank',
    does: () => ({ word: 'refuses', code: 'ORDER_IS_CANCELED' }),
  },
  pending_then_success: {
    stage: 'bank',
    about: 'the bank is undecided, and pays later',
    does: ({ afterMs = minute }) => ({ word: 'is undecided', afterMs, then: 'paid', code: 'SUCCESS' }),
  },
  pending_then_fail: {
    stage: 'bank',
    about: 'the bank is undecided, and refuses later',
    does: ({ afterMs = minute, code = 'RISK_REJECT' }) => ({ word: 'is undecided', afterMs, then: 'refused', code }),
  },
  out_of_order: {
    stage: 'bank',
    about: 'the news that it is pending comes after the news that it is paid',
    does: ({ afterMs = second }) => ({
      word: 'is undecided',
      afterMs,
      then: 'paid',
      code: 'SUCCESS',
      overtaken: true,
    }),
  },
  never_paid: { stage: 'bank', about: 'nothing happens until the time-out', does: () => ({ word: 'says nothing' }) },
  double_success: {
    stage: 'bank',
    about: 'every other open attempt of the same order is paid as well',
    does: () => ({ word: 'pays', also: 'its siblings' }),
  },
  charged_twice: {
    stage: 'bank',
    about: 'one attempt is charged twice, under two paymentIds',
    does: () => ({ word: 'pays', also: 'a second time' }),
  },
  lost_notify: {
    stage: 'news',
    about: 'the notification never arrives',
    does: ({ deliveries = 'all' }) => ({ mischief: { lost: deliveries } }),
  },
  duplicate_notify: {
    stage: 'news',
    about: 'the notification comes several times at once',
    does: ({ copies = 1 }) => ({ mischief: { copies } }),
  },
  late_notify: {
    stage: 'news',
    about: 'the notification comes late',
    does: ({ afterMs = 5 * minute }) => ({ lateMs: afterMs }),
  },
  notify_after_merchant_500: {
    stage: 'news',
    about: 'acknowledgements are lost, and the notification is sent again',
    does: ({ deliveries = 1 }) => ({ mischief: { unheard: deliveries } }),
  },
  bad_signature: {
    stage: 'news',
    about: 'the notification has a wrong signature',
    does: ({ deliveries = 1 }) => ({ mischief: { badSignature: deliveries } }),
  },
  wrong_amount: {
    stage: 'news',
    about: 'the notification names another amount than was charged',
    does: ({ value }) => ({ wrongAmount: value === undefined ? {} : { value } }),
  },
  unknown_payment: {
    stage: 'news',
    about: 'before the notification comes one about a payment that nobody knows',
    does: () => ({ withStranger: true }),
  },
  other_client_id: {
    stage: 'news',
    about: 'the notification is signed for another client',
    does: ({ clientId = 'SANDBOX_5X99999999999999' }) => ({ mischief: { clientId } }),
  },
  notify_before_response: {
    stage: 'opened',
    about: 'the payment is paid and told of before the session is answered',
    does: () => 'pay at once',
  },
  session_U: {
    stage: 'call',
    about: 'the session is opened, and the answer is U',
    does: ({ code }) => ({ ...unknown(code), call: 'createPaymentSession' }),
  },
  session_timeout: {
    stage: 'call',
    about: 'the session is opened, and the answer never comes',
    does: () => ({ fault: 'hang', when: 'after', call: 'createPaymentSession' }),
  },
  call_U: {
    stage: 'call',
    about: 'a call does its work and is answered U',
    does: ({ code, call }) => ({ ...unknown(code), ...only(call) }),
  },
  call_timeout: {
    stage: 'call',
    about: 'a call does its work and is never answered',
    does: ({ call }) => ({ fault: 'hang', when: 'after', ...only(call) }),
  },
  http_500: {
    stage: 'call',
    about: 'a call is answered with HTTP 500',
    does: ({ call }) => ({ fault: 'error', ...only(call) }),
  },
  rate_limited: {
    stage: 'call',
    about: 'a call is answered with HTTP 429',
    does: ({ call }) => ({ fault: 'rate limited', ...only(call) }),
  },
  malformed_json: {
    stage: 'call',
    about: 'a call is answered with half of its JSON',
    does: ({ call }) => ({ fault: 'malformed', ...only(call) }),
  },
  unsigned: {
    stage: 'call',
    about: 'a call is answered without a signature',
    does: ({ call }) => ({ fault: 'unsigned', ...only(call) }),
  },
  inquiry_stale: { stage: 'inquiry', about: 'an inquiry says "in process" whatever happened', does: () => 'stale' },
  inquiry_not_found_then_found: {
    stage: 'inquiry',
    about: 'an inquiry does not find the payment yet',
    does: () => 'not found',
  },
  cancel_too_late: {
    stage: 'cancel',
    about: 'the cancel is answered S, yet the bank charges; Antom gives the money back',
    does: ({ afterMs = second }) => ({ chargedAfterMs: afterMs }),
  },
  refund_fails: { stage: 'refund', about: 'the refund is taken on, and fails', does: () => 'fails' },
  app_not_installed: { stage: 'page', about: 'the bank app does not open', does: () => 'app not installed' },
  no_return: { stage: 'page', about: 'the bank does not send the buyer back', does: () => 'no return' },
  return_in_other_browser: {
    stage: 'page',
    about: 'the buyer comes back in another browser',
    does: () => 'return in other browser',
  },
  closed_popup: { stage: 'page', about: "Antom's window closes by itself", does: () => 'closed popup' },
  session_expired: { stage: 'page', about: "Antom's window finds the session expired", does: () => 'session expired' },
  gateway_error: { stage: 'page', about: "Antom's gateway fails for the window", does: () => 'gateway error' },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;

const unknown = (code: string | undefined) => ({
  fault: 'unknown' as const,
  when: 'after' as const,
  ...(code === undefined ? {} : { code }),
});

const only = (call: string | undefined) => (call === undefined ? {} : { call });
