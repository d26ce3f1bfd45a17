import { type Clock, uuidV7 } from '@kasir/kernel';
import { createLogger, type Environment, loadConfig } from '@kasir/platform';
import { type RunningService, type ServiceDefinition, startService } from '@kasir/service';
import { migratedDatabase } from '@kasir/testing';
import { gateway, migrations as ofGateway } from '@kasir/gateway/app.module';
import { settings as gatewaySettings } from '@kasir/gateway/config';
import { migrations as ofNotification, notification } from '@kasir/notification/app.module';
import { settings as notificationSettings } from '@kasir/notification/config';
import { migrations as ofOrder, orderWith } from '@kasir/order/app.module';
import { settings as orderSettings } from '@kasir/order/config';
import { migrations as ofPaymentSession, paymentSession } from '@kasir/payment-session/app.module';
import { settings as paymentSessionSettings } from '@kasir/payment-session/config';
import { patientSource } from './patient-source.js';

type Start = (env: Environment, clock: Clock) => Promise<RunningService>;

/** How each service is started here: as in its own main.ts, on our clock and in our process. */
const starts = {
  notification: (env, clock) => {
    const config = loadConfig('notification', notificationSettings, env);
    return startService(notification(config, { pollMs: 50 }), around('notification', config, clock));
  },
  'payment-session': (env, clock) => {
    const config = loadConfig('payment-session', paymentSessionSettings, env);
    return startService(paymentSession(config, { pollMs: 50 }), around('payment-session', config, clock));
  },
  order: (env, clock) => {
    const config = loadConfig('order', orderSettings, env);
    return startService(orderWith(config), around('order', config, clock));
  },
  gateway: (env, clock) => {
    const config = loadConfig('gateway', gatewaySettings, env);
    return startService(gateway(config, uuidV7), around('gateway', config, clock));
  },
} satisfies Record<ServiceName, Start>;

const migrationsOf: Record<ServiceName, ServiceDefinition['migrations']> = {
  notification: ofNotification,
  'payment-session': ofPaymentSession,
  order: ofOrder,
  gateway: ofGateway,
};

export type ServiceName = 'notification' | 'payment-session' | 'order' | 'gateway';

export interface Housed {
  readonly service: RunningService;
  readonly databaseUrl: string;
}

/** Starts a service on a fresh database. */
export async function house(name: ServiceName, env: Environment, clock: Clock): Promise<Housed> {
  const databaseUrl = await migratedDatabase((url) => patientSource(url, migrationsOf[name], 'story'));
  return {
    service: await starts[name]({ WARM_UP_SECONDS: '0', ...env, DATABASE_URL: databaseUrl }, clock),
    databaseUrl,
  };
}

function around<Config>(name: ServiceName, config: Config, clock: Clock) {
  const fail = (reason: unknown) => {
    throw new Error(`${name} gave up`, { cause: reason });
  };
  return { config, clock, fail, logger: createLogger(name, { level: 'fatal' }) };
}
