export type SystemName = 'kasir' | 'floor' | 'usual-way';

export interface SystemProcess {
  /** `gateway`, `payment-session`, `notification`, `order`, `subscriber`, `simulator`. */
  readonly name: string;
  readonly pid: () => number | undefined;
  /** Where `/metrics` is, if anywhere. */
  readonly adminUrl?: string;
}

/** What is measured: four services and the simulator as real processes, between one broker and one PostgreSQL. */
export interface RunningSystem {
  readonly name: SystemName;
  readonly processes: readonly SystemProcess[];
  readonly gatewayUrls: readonly string[];
  readonly simulatorUrl: string;
  readonly ordersTopic: string;
  readonly topics: readonly string[];
  /** By service. */
  readonly databases: Readonly<Record<string, string>>;
  /** Those of a subscriber, which is beside the payment. */
  readonly subscriberDatabases: readonly string[];
  readonly shopKeyFile: string;
  stop(): Promise<void>;
}

export interface Servers {
  readonly brokers: readonly string[];
  readonly adminUrl: string;
}

export interface SystemOptions {
  /** For keys, logs and the simulator's ledger. */
  readonly folder: string;
  /** Of topics and databases, so that no stint meets the rows of another. */
  readonly prefix: string;
  readonly instances: number;
}

export type StartSystem = (servers: Servers, options: SystemOptions) => Promise<RunningSystem>;
