import { stintOf } from '../testing/stints.js';
import { numbersOf } from './numbers.js';

const floor = stintOf('floor', { p50: 10, p99: 40, knee: 300 });
const usualWay = stintOf('usual-way', { p50: 100, p99: 170, knee: 80 });
const kasir = stintOf('kasir', { p50: 120, p99: 400, knee: 30, commits: 49.2, offsetRecords: 16.1 });

describe('the figures that are asked for', () => {
  it('are ratios to the rivals of the same run', () => {
    expect(numbersOf({ stints: [floor, usualWay, kasir] })).toMatchObject({
      kneeOfFloor: 0.1,
      kneeOfUsualWay: 0.38,
      p50OfFloor: 12,
      p99OfFloor: 10,
      commits: 49.2,
      offsetRecords: 16.1,
    });
  });

  it('are means over the stints of a system', () => {
    const faster = stintOf('kasir', { p50: 80, p99: 400, knee: 60 });
    expect(numbersOf({ stints: [floor, kasir, faster] })).toMatchObject({ kneeOfFloor: 0.15, p50OfFloor: 10 });
  });

  it('name the busiest of the four services at rest, and leave out what is beside them', () => {
    const cpuPercent = { gateway: 0.5, 'payment-session': 1.2, notification: 0.7, order: 0.4, subscriber: 9, kafka: 5 };
    const rest = { seconds: 30, commitsPerSecond: 4.2, commitsPerSecondWithSubscriber: 9, cpuPercent };
    expect(numbersOf({ stints: [{ ...kasir, rest }] })).toMatchObject({
      commitsAtRest: 4.2,
      idleCpu: 1.2,
      idleCpuLeast: 0.4,
    });
  });

  it('compare the cold POST with the warm one', () => {
    const cold = { coldPostP50Ms: 2_400, warmPostP50Ms: 80 };
    expect(numbersOf({ stints: [{ ...kasir, cold }] })).toMatchObject({ coldPostMs: 2_400, coldOfWarm: 30 });
  });

  it('are absent where the run did not measure them', () => {
    expect(Object.keys(numbersOf({ stints: [kasir] })).sort()).toEqual(['commits', 'offsetRecords']);
  });
});
