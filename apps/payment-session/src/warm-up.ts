import { payments, sessionRequests } from '@kasir/contracts';
import { samplePayment, type Rehearsed, type WarmUp } from '@kasir/service';
import { askForSession } from './application/ask-for-session.js';
import { type Tools, type UnitOfWork } from './application/ports.js';
import { type AntomProvider } from './outbound/antom.provider.js';
import { type LoopbackAntom, loopbackAntom } from './outbound/loopback-antom.js';

interface Options {
  readonly tools: Tools;
  readonly unitOfWork: UnitOfWork;
  readonly providerAt: (account: LoopbackAntom['account']) => AntomProvider;
}

/** One session that is requested, asked for at an Antom inside of this process, and paid. */
export async function warmUp({ tools, unitOfWork, providerAt }: Options): Promise<WarmUp> {
  const antom = await loopbackAntom();
  const provider = providerAt(antom.account);
  return {
    run: (rehearsed) => run(rehearsed, unitOfWork, { ...tools, provider }),
    close: async () => {
      await provider.close();
      await antom.close();
    },
  };
}

async function run({ apply }: Rehearsed, unitOfWork: UnitOfWork, tools: Tools): Promise<void> {
  const { orderId, requested, succeeded } = samplePayment({ now: tools.clock.now() });
  await apply(sessionRequests, requested);
  const [attempt] = await unitOfWork.run(undefined, ({ attempts }) => attempts.ofOrder(orderId));
  if (attempt?.status !== 'started') throw new Error(`the attempt of the warm-up is ${attempt?.status ?? 'missing'}`);
  await askForSession(unitOfWork, tools, { thing: attempt, version: 0, tries: 1, causedBy: undefined });
  await apply(payments, succeeded);
}
