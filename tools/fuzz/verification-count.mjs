/** Counts every RSA verification of this process. To be imported before whatever verifies. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

let count = 0;
const verify = crypto.verify;
crypto.verify = (...args) => {
  count += 1;
  return verify(...args);
};
syncBuiltinESMExports();

export const verifications = () => count;
