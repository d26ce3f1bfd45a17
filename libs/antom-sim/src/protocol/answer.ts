import { refusal, type SimResult } from './results.js';

/** The body of an answer to one of Antom's calls. */
export interface Answer {
  readonly result: SimResult;
  readonly [field: string]: unknown;
}

export const refused = (code: string, message: string): Answer => ({ result: refusal(code, message) });

export const orderNotExist: Answer = refused('ORDER_NOT_EXIST', 'The order does not exist.');
