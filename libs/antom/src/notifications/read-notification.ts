import { headerReader } from '../headers.js';
import { parseJson } from '../json.js';
import { verifySignature } from '../signatures/index.js';
import { parseRequestTime } from '../times.js';
import {
  type ForgeryReason,
  type Notification,
  type NotificationRequest,
  type NotificationTrust,
  type NotificationVerdict,
} from './notification.js';
import { readBody } from './told.js';

/** Verifies a webhook call on its raw bytes, and only then reads it. Never throws. */
export function readNotification(request: NotificationRequest, trust: NotificationTrust): Notification {
  const verdict = verify(request, trust);
  if (verdict.kind === 'invalid') return { kind: 'unverified', verdict };
  const told = readBody(parseJson(Buffer.from(request.rawBody)));
  return 'problem' in told ? { kind: 'unreadable', verdict, detail: told.problem } : { ...told, verdict };
}

function verify(
  { method, path, headers, rawBody }: NotificationRequest,
  trust: NotificationTrust,
): NotificationVerdict {
  const header = headerReader(headers);
  const clientId = header('client-id');
  const time = header('request-time');
  if (clientId === undefined) return invalid('no client id', 'there is no Client-Id header');
  if (clientId !== trust.clientId)
    return invalid(
      'other client id',
      'the Client-Id is not ours: another merchant, or sandbox and production mixed up',
    );
  if (time === undefined) return invalid('no request time', 'there is no Request-Time header');
  const verdict = verifySignature(
    { method, path, clientId, time, body: rawBody },
    header('signature'),
    trust.publicKeys,
  );
  if (verdict.kind === 'invalid') return verdict;
  const sentAt = parseRequestTime(time);
  return { ...verdict, requestTime: time, ...(sentAt === undefined ? {} : { sentAt }) };
}

const invalid = (reason: ForgeryReason, detail: string): NotificationVerdict => ({ kind: 'invalid', reason, detail });
