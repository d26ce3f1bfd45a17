import { inApp, test } from './runner/places.mjs';

/** Mistakes in how the gateway knows a request again, and in what it tells of one that was not answered. */
const gateway = inApp('gateway');
const readSessionRequest = gateway('inbound/read-session-request.ts');
const rotated = test(
  gateway('payment-sessions.spec.ts'),
  'is the same under a new token key and a rotated secret key, and another one for app and server (M3)',
);

export const defects = [
  {
    name: 'derives-the-id-of-a-session-from-the-secret-key',
    file: readSessionRequest,
    at: 'readMerchantRequest',
    given: 'readKey($asked.headers[$name])',
    find: "{ by: 'server', ...$request, $$$more }",
    replace: `{
    by: 'server',
    ...$request,
    idempotencyKey: [$request.idempotencyKey, $asked.headers.authorization].join(),
    $$$more,
  }`,
    tests: [rotated],
  },
  {
    name: 'derives-the-id-of-a-session-from-the-token',
    file: readSessionRequest,
    at: 'readAppRequest',
    given: 'readKey($headers[$name])',
    find: "{ by: 'app', idempotencyKey: $key, $$$more }",
    replace: "{ by: 'app', idempotencyKey: [$key, $headers.authorization].join(), $$$more }",
    tests: [
      rotated,
      test(
        gateway('payment-sessions.spec.ts'),
        'is the same for the same request, also with a fresh token and fields in another order',
      ),
    ],
  },
  {
    name: 'takes-app-and-server-for-the-same-caller',
    file: gateway('outbound/request-hashes.ts'),
    at: 'requestHashes.idOf',
    find: '[$prefix, $by, $$$more]',
    replace: '[$prefix, $$$more]',
    tests: [rotated],
  },
  {
    name: 'says-nothing-of-a-request-that-is-overdue',
    file: gateway('domain/payment-session.ts'),
    at: 'isOverdue',
    find: '$notAfter < overdueBefore($now)',
    replace: '$notAfter > $now && $it',
    tests: [test(gateway('overdue.spec.ts'), 'is overdue and counted a minute after its end, and never failed')],
  },
  {
    name: 'shows-an-overdue-request-as-rejected',
    file: gateway('application/views.ts'),
    at: 'showSession',
    find: 'isOverdue($session, $now) ? { overdue: true } : {}',
    replace: "isOverdue($session, $now) ? { overdue: true, status: 'rejected' } : {}",
    tests: [test(gateway('overdue.spec.ts'), 'is overdue and counted a minute after its end, and never failed')],
  },
];
