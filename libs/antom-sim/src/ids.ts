import { randomInt } from 'node:crypto';

/** 29 digits that begin with the time, like Antom's. */
export const newAntomId = (now: Date): string =>
  now.toISOString().slice(0, 19).replace(/\D/g, '') +
  String(randomInt(1e7)).padStart(7, '0') +
  String(randomInt(1e8)).padStart(8, '0');
