import { randomFillSync } from 'node:crypto';

const pool = Buffer.allocUnsafe(16 * 1024);
let used = pool.length;

/** Random bytes, at most 4096 of them. They are drawn in large lots, because each draw costs a call to the system. */
export function randomBytes(size: number): Buffer {
  if (used + size > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + size));
  used += size;
  return bytes;
}

/** So many random digits. */
export const randomDigits = (count: number): string =>
  String(randomBytes(6).readUIntBE(0, 6) % 10 ** count).padStart(count, '0');
