import { chooseTales, core } from './chosen-tales.js';
import { tales, ways } from './tales.js';

const namesBy = (env: Record<string, string>) => chooseTales(tales, env).tales.map(({ orderId }) => orderId);
const seeds = Array.from({ length: 30 }, (_, index) => String(index));

describe('the tales that one run tells', () => {
  it('are the core, by every way to a bank, and half of the others', () => {
    const chosen = chooseTales(tales, { KASIR_TALES_SEED: '7' }).tales;
    const ofCore = chosen.filter(({ scenario }) => core.includes(scenario));
    expect(ofCore).toHaveLength(core.length * Object.keys(ways).length);
    expect(chosen).toHaveLength(ofCore.length + (tales.length - ofCore.length) / 2);
  });

  it('are the same with the same seed, and others with another', () => {
    const [first, again, other] = ['7', '7', '8'].map((seed) => namesBy({ KASIR_TALES_SEED: seed }));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('say the seed by which they can be told again', () => {
    const { said, tales: chosen } = chooseTales(tales, {});
    const seed = /KASIR_TALES_SEED=(\d+)/.exec(said)?.[1] ?? 'none';
    expect(namesBy({ KASIR_TALES_SEED: seed })).toEqual(chosen.map(({ orderId }) => orderId));
  });

  it('leave none out for ever', () => {
    const told = new Set(seeds.flatMap((seed) => namesBy({ KASIR_TALES_SEED: seed })));
    expect([...told].sort()).toEqual(tales.map(({ orderId }) => orderId).sort());
  });

  it('are all of them where all are asked for', () => {
    expect(chooseTales(tales, { KASIR_TALES: 'all' }).tales).toBe(tales);
  });

  it('are refused where the seed is none', () => {
    expect(() => chooseTales(tales, { KASIR_TALES_SEED: 'lucky' })).toThrow('KASIR_TALES_SEED must be a whole number');
  });
});
