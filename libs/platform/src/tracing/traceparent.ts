import { randomBytes } from 'node:crypto';

/** Source: W3C Trace Context, level 1. Later versions may append members. */
const form = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-.*)?$/;

function parse(traceparent: string | undefined): { traceId: string; flags: string } | undefined {
  const [, version, traceId, , flags, rest] = form.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || flags === undefined || (version === '00' && rest !== undefined)) return undefined;
  return { traceId, flags };
}

const spanId = (): string => randomBytes(8).toString('hex');

/** The first step of a new trace. */
export const newTraceparent = (): string => `00-${randomBytes(16).toString('hex')}-${spanId()}-01`;

/** A step inside the parent's trace, or of a new one where the parent is missing or not readable. */
export function childTraceparent(parent: string | undefined): string {
  const known = parse(parent);
  return known === undefined ? newTraceparent() : `00-${known.traceId}-${spanId()}-${known.flags}`;
}

/** The 32 hex digits that all steps of a trace share; undefined where the text is no traceparent. */
export const traceIdOf = (traceparent: string | undefined): string | undefined => parse(traceparent)?.traceId;
