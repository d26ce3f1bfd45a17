import { type Command } from '../command.js';
import { doctorSignature } from './doctor/signature.js';

/** Every command of `kasir`. A new one is a file in `commands/<noun>/<verb>.ts` and a line here. */
export const commands: readonly Command[] = [doctorSignature];
