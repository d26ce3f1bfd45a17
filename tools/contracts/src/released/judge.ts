import { type EventContract, type TopicContract } from '@kasir/contracts';
import { dataSchemaOf, type JsonSchema, schemaName } from '../json-schema.js';
import { breaksBetween } from './compare.js';
import { fileOf, type Release, type Releases } from './releases.js';

export interface Verdict {
  /** Schemas that nobody has been given yet, ready to be written. */
  readonly due: readonly Release[];
  /** What no release can mend, one line each. */
  readonly complaints: readonly string[];
}

/** Compares the contracts as they are with what was released of them. */
export function judge(topics: readonly TopicContract[], { all, complaints }: Releases): Verdict {
  const current = topics.flatMap((topic) => topic.events.map((event) => ({ topic, event })));
  const verdicts = current.map(({ topic, event }) => judgeEvent(topic, event, all));
  const spoken = new Set(current.map(({ topic, event }) => seriesOf(event.type, majorOf(topic))));
  const forgotten = all.filter(({ type, major }) => !spoken.has(seriesOf(type, major)));
  return {
    due: verdicts.flatMap(({ due }) => due),
    complaints: [
      ...complaints,
      ...verdicts.flatMap((verdict) => verdict.complaints),
      ...forgotten.map(({ file }) => `${file} was released, and no contract has its event any more`),
    ],
  };
}

function judgeEvent(topic: TopicContract, event: EventContract, all: readonly Release[]): Verdict {
  const { type } = event;
  const major = majorOf(topic);
  const series = all.filter((release) => release.type === type && release.major === major);
  const schema = printed(topic, event);
  const newest = series.at(-1);
  const place = { type, major, revision: (newest?.revision ?? 0) + 1 };
  const next: Release = { ...place, file: fileOf(place), schema };
  if (newest === undefined) return { due: [next], complaints: [] };

  const steps = [...series, { ...next, file: 'the contract' }];
  const complaints = steps.slice(1).flatMap((release, before) => breaks(steps[before]!, release));
  const moved = newest.schema['$id'] !== schema['$id'];
  if (moved)
    complaints.push(`${newest.file} is ${String(newest.schema['$id'])}, and the contract ${String(schema['$id'])}`);
  const grown = breaksBetween(schema, newest.schema).length > 0;
  return { due: complaints.length === 0 && grown ? [next] : [], complaints };
}

const breaks = (was: Release, is: Release): readonly string[] =>
  breaksBetween(was.schema, is.schema).map(
    ({ path, what }) => `${is.type}: ${is.file} breaks ${was.file}: ${path === '' ? 'the data' : path} ${what}`,
  );

const printed = (topic: TopicContract, event: EventContract): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: schemaName(topic, event),
  title: event.type,
  ...dataSchemaOf(event, 'draft-2020-12'),
});

const seriesOf = (type: string, major: number): string => `${type}.v${major}`;

/** A breaking change is a new topic, so the topic's name carries the version of its events. */
const majorOf = ({ name }: TopicContract): number => Number(/\.v(\d+)$/.exec(name)?.[1]);
