import { type Step, type StepKind } from './plan.js';

/** A plan for people: a line for each thing, its topic named once. */
export function table(steps: readonly Step[]): string {
  const width = Math.max(...steps.map(({ topic }) => topic.name.length), 'TOPIC'.length);
  const line = (topic: string, kind: string, detail: string) =>
    `${topic.padEnd(width)}  ${kind.padEnd('refused'.length)}  ${detail}`.trimEnd();
  const rows = steps.flatMap(({ topic, kind, details }) =>
    (details.length === 0 ? [''] : details).map((detail, index) =>
      index === 0 ? line(topic.name, kind, detail) : line('', '', detail),
    ),
  );
  return [line('TOPIC', 'PLAN', 'WHAT'), ...rows, '', summary(steps)].join('\n');
}

const words: Readonly<Record<StepKind, string>> = {
  create: 'to create',
  grow: 'to grow',
  change: 'to change',
  refused: 'refused',
  nothing: 'as it should be',
};

const summary = (steps: readonly Step[]): string =>
  (Object.keys(words) as StepKind[])
    .map((kind) => [steps.filter((step) => step.kind === kind).length, words[kind]] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
