export interface Wish {
  readonly verb: 'plan' | 'apply';
  /** The contract's name of a topic to the number of its partitions. */
  readonly grow: ReadonlyMap<string, number>;
  readonly relaysPaused: boolean;
}

const usage = 'npm run topics -- plan|apply [--grow <topic>=<partitions> --relays-paused]';

/** @throws Error with the usage */
export function readArguments([verb, ...rest]: readonly string[], contracts: readonly string[]): Wish {
  if (verb !== 'plan' && verb !== 'apply') throw new Error(`say plan or apply: ${usage}`);
  const grow = new Map<string, number>();
  let relaysPaused = false;
  for (let at = 0; at < rest.length; at += 1) {
    const argument = rest[at]!;
    if (argument === '--relays-paused') relaysPaused = true;
    else if (argument === '--grow') grow.set(...readGrowth(rest[(at += 1)], contracts));
    else throw new Error(`${argument} is unknown: ${usage}`);
  }
  return { verb, grow, relaysPaused };
}

function readGrowth(text: string | undefined, contracts: readonly string[]): readonly [string, number] {
  const [, topic = '', count] = /^([^=]+)=([1-9]\d{0,4})$/.exec(text ?? '') ?? [];
  if (!contracts.includes(topic))
    throw new Error(
      `--grow needs a topic and a number, such as --grow ${contracts[0]}=6; topics are ${contracts.join(', ')}`,
    );
  return [topic, Number(count)];
}
