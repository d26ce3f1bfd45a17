import { hearWebhooks, type HearingTools } from './hear-webhook.js';
import { type Stores, type UnitOfWork } from './ports.js';
import { type ReadWebhook } from './webhook-ports.js';

export interface Rechecked {
  readonly checked: number;
  /** Went the way of every webhook, and are in quarantine no longer. */
  readonly verified: number;
  /** Are verified, could not be heard all the same, and stay where they are. */
  readonly failed: readonly { readonly position: string; readonly reason: string }[];
}

/** After a key was added: reads everything in quarantine again, each in a transaction of its own. What is proven now is heard. */
export async function recheckQuarantine(
  unitOfWork: UnitOfWork,
  tools: HearingTools,
  read: ReadWebhook,
): Promise<Rechecked> {
  let [checked, verified] = [0, 0];
  const failed: { position: string; reason: string }[] = [];
  for (let after = '0'; ; checked += 1) {
    const next = await unitOfWork.run(({ quarantine }) => quarantine.next(after));
    if (next === undefined) return { checked, verified, failed };
    try {
      if (await unitOfWork.run((stores) => hearAgain(stores, tools, read, after))) verified += 1;
    } catch (error) {
      failed.push({ position: next.position, reason: (error as Error).message });
    }
    after = next.position;
  }
}

/** @returns whether the first one after a position was heard, and left the quarantine */
async function hearAgain(stores: Stores, tools: HearingTools, read: ReadWebhook, after: string): Promise<boolean> {
  const { quarantine } = stores;
  const next = await quarantine.next(after);
  if (next === undefined) return false;
  const { position, webhook } = next;
  const checked = read(webhook);
  if (checked.kind === 'unverified') return false;
  await hearWebhooks(stores, tools, [{ webhook, verified: checked }]);
  await quarantine.release(position);
  const { rows, bytes } = await quarantine.tally();
  await quarantine.setTally({ rows: rows - 1, bytes: bytes - webhook.body.length, fullSince: null });
  return true;
}
