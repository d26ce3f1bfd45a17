/** What the bench tells its generator, a process of its own, and what comes back. */
export interface GeneratorTarget {
  readonly brokers: readonly string[];
  readonly ordersTopic: string;
  readonly gatewayUrls: readonly string[];
  readonly simulatorUrl: string;
  /** The shop's private key as a JWK. */
  readonly shopKeyFile: string;
}

export interface LegOrder {
  /** Begins the id of every order of the leg. */
  readonly name: string;
  readonly count: number;
  /** Payments per second, open loop; or how many at a time, closed loop. */
  readonly load: { readonly rate: number } | { readonly concurrency: number };
  /** Ends sending when more than one in a hundred cannot make it within a second anyway. */
  readonly stopWhenLost?: boolean;
}

/** One payment: when it was due since the leg began, how long its POST took, how long until OrderPaid; all in milliseconds. */
export type PaymentTimes = readonly [due: number, post: number | null, paid: number | null];

export interface LegOutcome {
  readonly payments: readonly PaymentTimes[];
  /** Orders whose session was answered with 201. */
  readonly created: readonly string[];
  /** Answers that were no session, by what was answered. */
  readonly failures: Readonly<Record<string, number>>;
  readonly stoppedEarly: boolean;
  /** From the first due to the last OrderPaid. */
  readonly lastedMs: number;
}

export interface Progress {
  readonly sent: number;
  readonly answered: number;
  readonly paid: number;
  readonly p99: number | null;
}

export interface PaidEvents {
  /** How many events of their own each order has; the same event delivered again is not another. */
  readonly counts: readonly (readonly [order: string, times: number])[];
  /** Records that repeat an event: at least once is what a broker gives. */
  readonly redelivered: number;
}

export interface GeneratorCalls {
  open(target: GeneratorTarget): Promise<void>;
  /** Signs the tokens of a leg, which then begins by `run`. */
  prepare(order: LegOrder): Promise<void>;
  run(): Promise<LegOutcome>;
  /** What `OrderPaid` said since `open`. */
  paidEvents(): Promise<PaidEvents>;
  /** Kafka requests of the generator itself, by kind. */
  ownRequests(): Promise<Readonly<Record<string, number>>>;
}

export type CallMessage = {
  [Name in keyof GeneratorCalls]: { id: number; call: Name; args: Parameters<GeneratorCalls[Name]> };
}[keyof GeneratorCalls];
export type AnswerMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly progress: Progress };
