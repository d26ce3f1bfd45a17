import { losses } from './losses.js';
import { type CurrentTopic, type DesiredTopic } from './topic-state.js';

export type StepKind = 'create' | 'grow' | 'change' | 'nothing' | 'refused';

/** What is to be done about one topic. */
export interface Step {
  readonly topic: DesiredTopic;
  readonly current: CurrentTopic | undefined;
  readonly kind: StepKind;
  /** What will be done; where it is refused, why. */
  readonly details: readonly string[];
}

export interface Circumstances {
  /** How many brokers the cluster has. */
  readonly brokers: number;
  /** Why a topic cannot grow now; undefined where nobody asked for it, empty where nothing is in the way. */
  readonly growth: (topic: DesiredTopic) => readonly string[] | undefined;
}

export const procedure = 'docs/runbook/grow-a-topic.md';

/** Compares one topic with its contract. */
export function planStep(topic: DesiredTopic, current: CurrentTopic | undefined, around: Circumstances): Step {
  const objections = current === undefined ? cannotCreate(topic, around) : cannotChange(topic, current, around);
  const step = (kind: StepKind, details: readonly string[]): Step => ({ topic, current, kind, details });
  if (objections.length > 0) return step('refused', objections);
  if (current === undefined) return step('create', described(topic));
  const growth =
    topic.partitions > current.partitions ? [`partitions ${current.partitions} → ${topic.partitions}`] : [];
  const changes = changedSettings(topic, current).map(([name, value]) => change(name, value, current));
  if (growth.length > 0) return step('grow', [...growth, ...changes]);
  return changes.length > 0 ? step('change', changes) : step('nothing', []);
}

/** The settings that must be written on the topic itself; a default of the cluster may be another one tomorrow. */
export const changedSettings = (
  { config }: DesiredTopic,
  { own }: CurrentTopic,
): readonly (readonly [string, string])[] => Object.entries(config).filter(([name, value]) => own[name] !== value);

const change = (name: string, value: string, { own, config }: CurrentTopic): string =>
  own[name] === undefined
    ? `${name}=${value} (now ${config[name] ?? 'unset'}, by the cluster's default)`
    : `${name} ${own[name]} → ${value}`;

const described = ({ partitions, replicationFactor, config }: DesiredTopic): readonly string[] => [
  `${partitions} partitions, replication factor ${replicationFactor}`,
  ...Object.entries(config).map(([name, value]) => `${name}=${value}`),
];

const cannotCreate = ({ replicationFactor }: DesiredTopic, { brokers }: Circumstances): readonly string[] =>
  replicationFactor <= brokers
    ? []
    : [
        `the cluster has ${brokers === 1 ? '1 broker' : `${brokers} brokers`}, too few for ${replicationFactor} copies: set REPLICATION_FACTOR and MIN_ISR`,
      ];

function cannotChange(topic: DesiredTopic, current: CurrentTopic, { growth }: Circumstances): readonly string[] {
  const objections = [...losses(topic, current)];
  if (current.replicationFactor !== topic.replicationFactor)
    objections.push(
      `has ${current.replicationFactor} copies, ${topic.replicationFactor} are wanted: set REPLICATION_FACTOR=${current.replicationFactor}, or move replicas first with kafka-reassign-partitions.sh`,
    );
  if (topic.partitions < current.partitions)
    objections.push(
      `has ${current.partitions} partitions, its contract says ${topic.partitions}: partitions cannot be taken away, so let the contract say ${current.partitions}`,
    );
  if (topic.partitions > current.partitions) objections.push(...(growth(topic) ?? [needsProcedure(topic, current)]));
  return objections;
}

const needsProcedure = ({ contract, partitions }: DesiredTopic, current: CurrentTopic): string =>
  `has ${current.partitions} partitions, its contract says ${partitions}: more partitions break the order of each key; follow ${procedure}, then --grow ${contract}=${partitions} --relays-paused`;
