import { advance } from '../domain/attempt.js';
import { type Stores } from './ports.js';

/** The ear decided how an attempt ended: after a success its order takes no other, after its end it may. */
export async function recordEnd(
  { attempts }: Stores,
  paymentSessionId: string,
  step: 'succeed' | 'expire',
): Promise<void> {
  const attempt = await attempts.lock(paymentSessionId);
  if (attempt === undefined) return;
  const moved = advance(attempt, step);
  if (moved.kind === 'moved') await attempts.save(moved.thing);
}
