import { type ServerLife } from '../processes/server-life.js';

export interface KafkaOptions {
  /** Keeps the data, configuration and log of our own broker; what is found there is used again. */
  readonly folder: string;
  /** Keeps what every run can use: the jars and the archive of loaded classes. */
  readonly cacheFolder: string;
  /** Brokers that run already; nothing is started then. */
  readonly brokers?: readonly string[] | undefined;
  /** Tried first, 9092 unless given; 0 means any free one. The controller takes the next one, or any. */
  readonly port?: number;
  /** Largest heap of our own broker, 160 unless given; 256 for load. */
  readonly heapMegabytes?: number;
  /** What our own broker does beside or instead of the usual. */
  readonly particulars?: BrokerParticulars;
  /** Where PATH and JAVA_HOME are looked up, this process's environment unless given. */
  readonly env?: NodeJS.ProcessEnv;
  /** Hears what takes longer than a moment. */
  readonly log?: (line: string) => void;
}

/** How a broker of our own differs from the plain one, for tests of what a demanding broker demands. */
export interface BrokerParticulars {
  /** Beside the plain one, such as `SASL_SSL://127.0.0.1:19094`. */
  readonly listeners?: readonly string[];
  /** By their names in server.properties; they win over ours. */
  readonly properties?: Readonly<Record<string, string>>;
  /** For `StorageTool format`, such as `--add-scram` with its user. Only the first start of a folder formats. */
  readonly formatArguments?: readonly string[];
}

export interface KafkaHandle extends ServerLife {
  readonly brokers: string[];
  /** As the server reports it. */
  readonly version: string;
  readonly kind: 'external' | 'own';
  /** One sentence: which way was taken. */
  readonly describe: string;
  /** Undefined for a broker that is not ours. */
  readonly logFile: string | undefined;
}
