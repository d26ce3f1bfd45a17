import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orders, payments, paymentSessions, sessionRequests } from '@kasir/contracts';
import { type Kasir, type PartName, startKasir } from '@kasir/local-kasir';
import { type Bus, openBus, queryOnce, testBrokers, testPostgres } from '@kasir/testing';

/** The whole of Kasir as processes, on the test's broker and database server; nothing in it knows that it is tested. */
export interface World {
  readonly kasir: Kasir;
  /** Reads every topic, as any subscriber could. */
  readonly bus: Bus;
  readonly folder: string;
  ledger(): Promise<Charge[]>;
  coffees(): Promise<string[]>;
  lastLogLine(part: PartName): unknown;
  stop(): Promise<void>;
}

export interface Charge {
  readonly paymentRequestId: string;
  readonly referenceOrderId: string;
  readonly amount: { readonly value: string; readonly currency: string };
}

export async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'kasir-e2e-'));
  const prefix = `e2e-${randomBytes(4).toString('hex')}.`;
  const kasir = await startKasir({
    folder,
    prefix,
    brokers: testBrokers(),
    postgresAdminUrl: testPostgres(),
    resendScheduleMs: Array.from({ length: 90 }, () => 1_000),
    warmUpSeconds: 0,
  });
  const bus = await openBus(prefix, [sessionRequests, paymentSessions, payments, orders]);
  return {
    kasir,
    bus,
    folder,
    ledger: async () => (await (await fetch(`${kasir.simulatorUrl}/_sim/ledger`)).json()) as Charge[],
    coffees: async () =>
      (await queryOnce<{ order_id: string }>(kasir.databaseUrls.fulfilment, 'select order_id from coffees')).map(
        ({ order_id }) => order_id,
      ),
    lastLogLine: (part) =>
      JSON.parse(readFileSync(kasir.parts[part].logFile, 'utf8').trimEnd().split('\n').at(-1) ?? ''),
    stop: async () => {
      await bus.close();
      await kasir.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
