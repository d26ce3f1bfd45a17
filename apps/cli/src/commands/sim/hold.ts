import { defineCommand } from '../../command.js';
import { urlOption, withSimulator } from './simulator.js';

export const simHold = defineCommand({
  words: ['sim', 'hold'],
  summary: 'keeps notifications back, until they are released',
  options: {
    match: { type: 'string', value: '<ps_*>', help: 'only about payment sessions whose id is like this' },
    release: { type: 'boolean', help: 'lets go all that are held' },
    url: urlOption,
  },
  examples: ['sim hold --match "ps_*"', 'sim hold --release'],
  run: ({ url, match = '*', release = false }, console) =>
    withSimulator(url, console, async (simulator) => {
      if (release) {
        const { released } = (await (await simulator.post('notifications/release')).json()) as { released: number };
        return console.say(`${released} notifications go out`);
      }
      await simulator.post('notifications/hold', { match });
      console.say(`notifications about ${match} are held`);
    }),
});
