import { randomBytes, randomDigits } from './random.js';

/** 29 digits that begin with the time, like Antom's. */
export const newAntomId = (now: Date): string =>
  now.toISOString().slice(0, 19).replaceAll(/\D/g, '') + randomDigits(7) + randomDigits(8);

/** Names a notification; nobody but the simulator sees it. */
export const newLetterId = (): string => randomBytes(12).toString('hex');
