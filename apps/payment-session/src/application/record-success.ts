import { advance } from '../domain/attempt.js';
import { type Stores } from './ports.js';

/** The ear heard that an attempt succeeded: from now on its order takes no other. */
export async function recordSuccess({ attempts }: Stores, paymentSessionId: string): Promise<void> {
  const attempt = await attempts.lock(paymentSessionId);
  if (attempt === undefined) return;
  const moved = advance(attempt, 'succeed');
  if (moved.kind === 'moved') await attempts.save(moved.thing);
}
