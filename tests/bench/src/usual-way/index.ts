import { defineRival } from '../rival.js';

/** What a good team writes first with Nest as its documentation shows it: stock transports, TypeORM `save`, one message at a time. */
export const usualWay = defineRival('usual-way');
