import { type Option, UsageError } from '../command.js';

/** Those that have verbs. */
export const services = ['gateway', 'payment-session', 'notification', 'order', 'fulfilment'] as const;
export type ServiceName = (typeof services)[number];

export const serviceOption = {
  type: 'string',
  value: '<name>',
  help: services.join(', '),
} as const satisfies Option;

/** @throws UsageError */
export function serviceNamed(name: string | undefined): ServiceName {
  const found = services.find((each) => each === name);
  if (found !== undefined) return found;
  throw new UsageError(`--service is needed: one of ${services.join(', ')}`);
}

/** The variable that says where a service's admin port is: KASIR_PAYMENT_SESSION_ADMIN_URL. */
export const adminUrlVariable = (service: ServiceName): string =>
  `KASIR_${service.toUpperCase().replaceAll('-', '_')}_ADMIN_URL`;
