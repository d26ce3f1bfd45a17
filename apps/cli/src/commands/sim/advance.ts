import { defineCommand } from '../../command.js';
import { milliseconds } from './duration.js';
import { urlOption, withSimulator } from './simulator.js';

export const simAdvance = defineCommand({
  words: ['sim', 'advance'],
  positionals: ['time'],
  summary: "moves the simulator's clock on, through everything that falls due on the way",
  options: { url: urlOption },
  examples: ['sim advance 48h'],
  run: ({ url }, console, [time = '']) => {
    const ms = milliseconds(time);
    return withSimulator(url, console, async (simulator) => {
      const { now } = (await (await simulator.post('clock/advance', { ms })).json()) as { now: string };
      console.say(`the simulator's clock says ${now}`);
    });
  },
});
