import { defineRival } from '../rival.js';

/** What a good team writes first, as the documentation of Nest shows it: TypeORM's `save`, one message at a time. */
export const usualWay = defineRival('usual-way');
