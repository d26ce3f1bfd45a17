import { hearWebhooks, type HearingTools } from './hear-webhook.js';
import { type UnitOfWork } from './ports.js';
import { type ReadWebhook } from './webhook-ports.js';

export interface Rechecked {
  readonly checked: number;
  /** Went the way of every webhook, and are in quarantine no longer. */
  readonly verified: number;
}

/** After a key was added: reads everything in quarantine again, each in a transaction of its own. What is proven now is heard. */
export async function recheckQuarantine(
  unitOfWork: UnitOfWork,
  tools: HearingTools,
  read: ReadWebhook,
): Promise<Rechecked> {
  let [checked, verified] = [0, 0];
  for (let after: string | undefined = '0'; after !== undefined;) {
    const step = await recheckNext(unitOfWork, tools, read, after);
    after = step?.position;
    checked += step === undefined ? 0 : 1;
    verified += step?.verified === true ? 1 : 0;
  }
  return { checked, verified };
}

const recheckNext = (unitOfWork: UnitOfWork, tools: HearingTools, read: ReadWebhook, after: string) =>
  unitOfWork.run(async (stores) => {
    const { quarantine } = stores;
    const next = await quarantine.next(after);
    if (next === undefined) return undefined;
    const { position, webhook } = next;
    const checked = read(webhook);
    if (checked.kind === 'unverified') return { position, verified: false };
    await hearWebhooks(stores, tools, [{ webhook, verified: checked }]);
    await quarantine.release(position);
    const { rows, bytes } = await quarantine.tally();
    await quarantine.setTally({ rows: rows - 1, bytes: bytes - webhook.body.length, fullSince: null });
    return { position, verified: true };
  });
