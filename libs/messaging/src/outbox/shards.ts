import { crc32 } from 'node:zlib';

/** It never changes: rows that wait in a database carry the number of their shard. */
export const shardCount = 16;

/** The shard of a key: whoever owns it brings everything that is said about the key. */
export const shardOf = (key: string): number => crc32(key) % shardCount;
