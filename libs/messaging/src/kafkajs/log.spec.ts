import { logLevel } from 'kafkajs';
import { memoryLog } from '../lab.specs.js';
import { kafkajsLog } from './log.js';

describe('a line of kafkajs', () => {
  const levelsOf = (...lines: [level: logLevel, message: string, error?: string | undefined][]) => {
    const log = memoryLog();
    const write = kafkajsLog(log)(logLevel.WARN);
    for (const [level, message, error] of lines)
      write({
        namespace: 'Connection',
        level,
        label: '',
        log: { timestamp: '', logger: '', message, ...(error && { error }) },
      });
    return log.lines.map((line) => line.level);
  };
  it('is a warning when something is wrong', () => {
    expect(levelsOf([logLevel.ERROR, 'Connection error: write after end'])).toEqual(['warn']);
  });
  it.each([
    ['Response Heartbeat(key: 12, version: 3)', 'The group is rebalancing, so a rejoin is needed'],
    ['The group is rebalancing, re-joining', undefined],
    ['Response GroupCoordinator(key: 10, version: 2)', 'The group coordinator is not available'],
  ])('is nothing when it belongs to every healthy rebalance: %s', (message, error) => {
    expect(levelsOf([logLevel.ERROR, message, error])).toEqual(['debug']);
  });
  it('is said once while the broker is away, not several times a second', () => {
    const line: [logLevel, string] = [logLevel.ERROR, 'Connection error: connect ECONNREFUSED'];
    expect(levelsOf(line, line, line)).toEqual(['warn', 'debug', 'debug']);
  });
});
