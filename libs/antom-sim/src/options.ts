import { type KeyObject } from 'node:crypto';
import { type Clock } from '@kasir/kernel';
import { type JournalEntry } from './journal.js';
import { type Timer } from './time/timer.js';

export interface SimulatorOptions {
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  /** 127.0.0.1 when left out. */
  readonly host?: string;
  /** The only merchant that is known here. One that begins with SANDBOX_ calls under the sandbox's prefix. */
  readonly clientId: string;
  readonly merchantPublicKey: KeyObject;
  /** Signs answers and notifications. */
  readonly antomPrivateKey: KeyObject;
  /** Sends every notification here, whatever the request says. */
  readonly notifyOverride?: string;
  /** Where news of refunds goes that name no address of their own, as if the dashboard said so. */
  readonly refundNotifyUrl?: string;
  /** How long a refund takes with methods that do not refund at once, in milliseconds; 3 s when left out. */
  readonly refundTakesMs?: number;
  /** Every session is paid by itself after so many milliseconds. Otherwise it waits for somebody to pay it. */
  readonly payAfterMs?: number;
  /** Antom's own schedule when left out. (Antom's sandbox never sends again; this one does.) */
  readonly resendScheduleMs?: readonly number[];
  /** How long a receiver may take to acknowledge. Antom tells nobody its own limit. */
  readonly deliveryTimeoutMs?: number;
  /** Keeps sessions, ledger and undelivered notifications over the death of the process. */
  readonly dataFolder?: string;
  /** Makes chance repeat itself; 1 when left out. */
  readonly seed?: number;
  /** The system's time when left out, which can then be moved on. One's own is moved on by `/_sim/clock` only as a VirtualTime. */
  readonly clock?: Clock;
  readonly timer?: Timer;
  /** Hears every entry of the journal; none has a secret in it. */
  readonly log?: (entry: JournalEntry) => void;
}
