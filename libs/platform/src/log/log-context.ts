import { AsyncLocalStorage } from 'node:async_hooks';

/** Fields that every line written inside a piece of work carries. */
export interface LogFields {
  readonly orderId?: string | undefined;
  readonly paymentSessionId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly [field: string]: string | number | undefined;
}

const storage = new AsyncLocalStorage<LogFields>();

export const logContext = {
  /** Runs the work; its log lines carry these fields and those of the work around it. */
  run<Result>(fields: LogFields, work: () => Result): Result {
    return storage.run({ ...storage.getStore(), ...fields }, work);
  },
  current(): LogFields {
    return storage.getStore() ?? {};
  },
};
