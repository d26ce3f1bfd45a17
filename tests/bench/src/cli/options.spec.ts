import { planOf } from '../run/plan.js';
import { commandOf, readOptions } from './options.js';

const options = (words: string) => readOptions(words === '' ? [] : words.split(' '))!;
const plan = (words: string) => planOf(options(words));
const order = (words: string) => plan(words).map(({ system }) => system);

describe('the options of the bench', () => {
  it.each([
    ['--rate fast', '--rate: fast is no list of payments per second, such as 20 or 10,20,40'],
    ['--systems floor,stripe', '--systems: stripe is none of floor, usual-way, kasir'],
    ['--soak 10', '--soak: 10 is no time such as 90s, 10m or 1h'],
    ['--grow -1', /--grow/],
    ['--instances 0', '--instances: 0 is no whole number from 1 to 8'],
    ['--bank slow', '--bank: slow is none of immediate, realistic'],
    ['--quick --rate 5', '--rate: not beside --quick, which measures 20/s'],
    ['--fast', /--fast/],
    ['20', /20/],
  ])('%s is refused by its name', (words, message) => {
    expect(() => options(words)).toThrow(message);
  });

  it('name the result after what was measured', () => {
    expect(['', '--quick', '--soak 10m', '--cold --idle'].map((words) => options(words).name)).toEqual([
      'payments',
      'payments-quick',
      'payments-soak',
      'payments-cold-idle',
    ]);
    expect(options('--kasir ../v1').name).toBe('payments-v1');
    expect(options('--quick --name other').name).toBe('other');
  });

  it('leave the proof alone where only a rate is tried', () => {
    expect(options('--rate 20').out).toBe('.local/bench');
    expect(options('--soak 10m').out).toBe('docs/proof');
  });
});

it('the command of a result names no folder of this machine', () => {
  const words = ['--quick', '--kasir', '/home/me/v1', '--out=../results', '--systems', 'kasir'];
  expect(commandOf(words)).toBe('npm run bench -- payments --quick --kasir <folder> --out=<folder> --systems kasir');
});

describe('the plan', () => {
  it('lets the systems take turns, the floor first and last', () => {
    expect(order('--quick')).toEqual(['floor', 'usual-way', 'kasir', 'floor']);
    expect(order('')).toEqual(['floor', 'usual-way', 'kasir', 'floor', 'usual-way', 'kasir', 'floor']);
    expect(order('--quick --systems kasir')).toEqual(['kasir']);
    expect(order('--soak 10m')).toEqual(['kasir']);
  });

  it('looks for the knee to 5 % in a full run, to 15 % in a quick one, and not where rates are given', () => {
    expect(plan('').map(({ kneeWithin }) => kneeWithin)).toEqual([1.05, 1.05, 1.05, 1.05, 1.05, 1.05, undefined]);
    expect(plan('--quick').map(({ kneeWithin }) => kneeWithin)).toEqual([1.15, 1.15, 1.15, undefined]);
    expect(plan('--rate 20')[0]).toEqual({
      system: 'kasir',
      run: 1,
      warmUpSeconds: 40,
      legs: [{ rate: 20, seconds: 60 }],
      cold: false,
      idle: false,
    });
  });

  it('measures the cold start and the rest of Kasir alone, once', () => {
    expect(plan('').filter(({ cold, idle }) => cold && idle)).toMatchObject([{ system: 'kasir', run: 1 }]);
    expect(plan('--quick').some(({ cold, idle }) => cold === true || idle === true)).toBe(false);
    expect(plan('--quick --cold')[2]).toMatchObject({ system: 'kasir', cold: true, idle: false });
  });
});
