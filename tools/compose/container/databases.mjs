import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServiceDatabases } from '@kasir/local-stack';
import { databaseOwners, secretOf } from './places.mjs';

const databaseOf = (owner) => `kasir_${owner.replaceAll('-', '_')}`;

/**
 * A database and a role for each service, whose URL is put among the service's secrets.
 * @param {string | undefined} url of an account that may make databases and roles; the PostgreSQL next door without it
 * @returns {Promise<Record<string, string>>} the URLs by service
 * @throws naming the server
 */
export async function prepareDatabases(url) {
  const adminUrl = url || neighbour();
  const databases = databaseOwners.map((owner) => ({
    name: databaseOf(owner),
    role: databaseOf(owner),
    password: passwordOf(owner),
  }));
  const urls = await createServiceDatabases(adminUrl, databases).catch((cause) => {
    throw new Error(`PostgreSQL at ${hostOf(adminUrl)} does not let us in (DATABASE_URL)`, { cause });
  });
  return Object.fromEntries(databaseOwners.map((owner) => [owner, keep(owner, urls[databaseOf(owner)])]));
}

function neighbour() {
  const file = secretOf('postgres', 'password');
  const password = readFileSync(file, 'utf8').trim();
  return `postgres://postgres:${encodeURIComponent(password)}@postgres:5432/postgres`;
}

/** The one in use, so that a service that runs is not locked out. */
function passwordOf(owner) {
  const file = secretOf(owner, 'database-url');
  return existsSync(file)
    ? decodeURIComponent(new URL(readFileSync(file, 'utf8').trim()).password)
    : randomBytes(18).toString('base64url');
}

function keep(owner, url) {
  const file = secretOf(owner, 'database-url');
  rmSync(file, { force: true });
  writeFileSync(file, `${url}\n`, { mode: 0o400 });
  return url;
}

function hostOf(url) {
  try {
    return new URL(url).host;
  } catch (cause) {
    throw new Error('DATABASE_URL must be a URL such as postgres://postgres:password@db.example:5432/postgres', {
      cause,
    });
  }
}
