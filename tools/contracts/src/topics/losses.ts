import { type CurrentTopic, type DesiredTopic } from './topic-state.js';

const byHand = 'if that is meant, change it by hand with kafka-configs.sh';

/** What the desired settings would delete that is kept now, one sentence each. */
export function losses({ config }: DesiredTopic, current: CurrentTopic): readonly string[] {
  const lost: string[] = [];
  const [was, is] = [policiesOf(current.config), policiesOf(config)];
  if (is.includes('compact') && !was.includes('compact'))
    lost.push(`compaction would delete all but the last message of each key: ${byHand}`);
  const [age, newAge] = [ageOf(current.config), ageOf(config)];
  if (newAge < age)
    lost.push(
      `keeps messages ${lasting(age)}, and would keep them ${lasting(newAge)}: what is older would be deleted; ${byHand}`,
    );
  return lost;
}

const policiesOf = (config: CurrentTopic['config']): readonly string[] =>
  (config['cleanup.policy'] ?? 'delete').split(',');

/** How old a message can become, in milliseconds; without the policy `delete` age ends none. */
function ageOf(config: CurrentTopic['config']): number {
  const ms = Number(config['retention.ms'] ?? -1);
  return policiesOf(config).includes('delete') && ms >= 0 ? ms : Infinity;
}

const dayMs = 86_400_000;

const lasting = (ms: number): string =>
  ms === Infinity ? 'for ever' : ms % dayMs === 0 ? `for ${ms / dayMs} days` : `for ${ms} ms`;
