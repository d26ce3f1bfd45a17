import { type Clock } from '@kasir/kernel';
import { type AntomHealth, GuardedAntom } from '../guard/guarded-antom.js';
import { type Stopwatch } from '../guard/stopwatch.js';
import { type SentCall } from '../guard/sent-call.js';
import { AntomClient } from '../http/antom-client.js';
import { type AntomConfig } from './antom-settings.js';

/** Longer than this nobody waits for a free place before Antom, in milliseconds. */
export const longestWaitMs = 2_000;

export interface AntomSurroundings {
  readonly clock: Clock;
  /** The longest that one call may take once it is sent, in milliseconds. Waiting for a place comes before it. */
  readonly callMs: number;
  readonly stopwatch?: Stopwatch;
  /** Hears it when the breaker opens, tries, and closes. */
  readonly onBreaker?: (health: AntomHealth) => void;
  /** Called with every call that was sent, once it is answered or has failed. */
  readonly onCall?: (call: SentCall) => void;
}

/**
 * The client with everything that stands before it, put together from the settings.
 * @throws RangeError when the base URL is none, or would carry a production client's calls unencrypted
 */
export function connectAntom(config: AntomConfig, { callMs, clock, ...others }: AntomSurroundings): GuardedAntom {
  const { ANTOM_CONCURRENCY: concurrency = 32, ANTOM_CALLS_PER_SECOND: perSecond = 500 } = config;
  const { ANTOM_BREAKER_FAULTS: faults = 5, ANTOM_BREAKER_PAUSE: pauseMs = 5_000 } = config;
  const client = new AntomClient({
    baseUrl: config.ANTOM_BASE_URL,
    clientId: config.ANTOM_CLIENT_ID,
    privateKey: config.ANTOM_MERCHANT_PRIVATE_KEY,
    keyVersion: config.ANTOM_KEY_VERSION ?? '1',
    publicKeys: config.ANTOM_PUBLIC_KEYS,
    clock,
    timeouts: { total: callMs },
    connections: concurrency,
  });
  const longestPauseMs = Math.max(pauseMs, 20_000);
  const limits = { concurrency, perSecond, burst: perSecond, longestWaitMs, faults, pauseMs, longestPauseMs };
  return new GuardedAntom(client, { limits, ...others });
}
