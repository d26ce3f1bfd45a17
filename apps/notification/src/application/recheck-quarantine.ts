import { handleWebhooks, type WebhookTools } from './handle-webhooks.js';
import { type Stores, type UnitOfWork } from './ports.js';
import { type ReadWebhook } from './webhook-ports.js';

export interface Rechecked {
  readonly checked: number;
  /** Went the way of every webhook, and are in quarantine no longer. */
  readonly verified: number;
  /** Are verified, could not be applied all the same, and stay where they are. */
  readonly failed: readonly { readonly position: string; readonly reason: string }[];
}

/** After a key was added: reads everything in quarantine again, each in a transaction of its own. What is proven now is applied. */
export async function recheckQuarantine(
  unitOfWork: UnitOfWork,
  tools: WebhookTools,
  read: ReadWebhook,
): Promise<Rechecked> {
  let [checked, verified] = [0, 0];
  const failed: { position: string; reason: string }[] = [];
  for (let after = '0'; ; checked += 1) {
    const next = await unitOfWork.run(({ quarantine }) => quarantine.next(after));
    if (next === undefined) return { checked, verified, failed };
    try {
      if (await unitOfWork.run((stores) => readAgain(stores, tools, read, after))) verified += 1;
    } catch (error) {
      failed.push({ position: next.position, reason: (error as Error).message });
    }
    after = next.position;
  }
}

/** @returns whether the first one after a position was applied, and left the quarantine */
async function readAgain(stores: Stores, tools: WebhookTools, read: ReadWebhook, after: string): Promise<boolean> {
  const next = await stores.quarantine.next(after);
  if (next === undefined) return false;
  const verified = read(next.webhook);
  if (verified.kind === 'unverified') return false;
  await handleWebhooks(stores, tools, [{ webhook: next.webhook, verified }]);
  await stores.quarantine.release(next.position);
  return true;
}
