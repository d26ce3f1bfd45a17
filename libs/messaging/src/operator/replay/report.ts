/** What a replay did and found. Only `applied`, `outgoing.equal` and `outgoing.readBack` grow where everything is as it was. */
export interface ReplayReport {
  /** Messages on the topics that the service hears, up to where they ended when the replay began. */
  readonly read: number;
  readonly applied: number;
  readonly repeated: number;
  /** Of types that nobody here knows. */
  readonly passedOver: number;
  readonly deadLetters: number;
  /** Messages that wait for a dead letter of their key. */
  readonly waiting: number;
  readonly outgoing: OutgoingCounts;
  /** The first of what differs. */
  readonly differences: readonly ReplayDifference[];
  /** How many messages the running service had not committed yet when the replay began; what it says of them may be missing. */
  readonly behind: number;
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface OutgoingCounts {
  /** Said again, byte for byte. */
  readonly equal: number;
  /** Decided once by the clock, a person or an answer from outside, and read back from the service's own topic. */
  readonly readBack: number;
  /** Said again with the same id and other bytes. */
  readonly different: number;
  /** Said by the replay, and not on the topic. */
  readonly missing: number;
  /** On the topic, and not said by the replay. */
  readonly unsaid: number;
}

export interface ReplayDifference {
  readonly kind: 'different' | 'missing' | 'unsaid';
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly eventId: string;
  /** What differs: `body`, `key`, or the name of a header. */
  readonly fields: readonly string[];
}

/** Whether everything was said before, and everything that was said then is said again or read back. */
export const saysNothingNew = ({ outgoing: { different, missing, unsaid } }: Pick<ReplayReport, 'outgoing'>): boolean =>
  different + missing + unsaid === 0;
