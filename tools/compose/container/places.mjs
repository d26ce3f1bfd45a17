import { join } from 'node:path';

/** Those that own a database. */
export const databaseOwners = ['gateway', 'payment-session', 'notification', 'order', 'fulfilment'];

/** A file of one owner's secrets, as the jobs see it; the owner itself sees it in /run/secrets. */
export const secretOf = (owner, name) => join('/var/lib/kasir/secrets', owner, name);
