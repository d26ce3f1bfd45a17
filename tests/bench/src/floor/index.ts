import { defineRival } from '../rival.js';

/** The least that one payment costs on this machine: everything batched, no framework. */
export const floor = defineRival('floor');
