import { bearLosses } from '@kasir/kernel';
import pg from 'pg';

export interface ServiceDatabase {
  readonly name: string;
  readonly role: string;
  readonly password: string;
}

/**
 * One database and one role for each service; a role can enter no database but its own. What is there already is kept, its password set anew.
 * @returns the URL of each database for its role, by the database's name
 */
export async function createServiceDatabases(
  adminUrl: string,
  services: readonly ServiceDatabase[],
): Promise<Record<string, string>> {
  await onServer(adminUrl, async (admin) => {
    for (const service of services) await createOne(admin, service);
  });
  return Object.fromEntries(services.map((service) => [service.name, urlFor(adminUrl, service)]));
}

/** Removes the databases with all that is in them, and their roles; nothing happens for those that are not there. */
export async function dropServiceDatabases(
  adminUrl: string,
  services: readonly Pick<ServiceDatabase, 'name' | 'role'>[],
): Promise<void> {
  await onServer(adminUrl, async (admin) => {
    for (const { name } of services)
      await admin.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
    for (const { role } of services) await admin.query(`drop role if exists ${pg.escapeIdentifier(role)}`);
  });
}

async function createOne(admin: pg.Client, { name, role, password }: ServiceDatabase): Promise<void> {
  const [database, owner] = [pg.escapeIdentifier(name), pg.escapeIdentifier(role)];
  if (!(await exists(admin, 'select from pg_roles where rolname = $1', role)))
    await admin.query(`create role ${owner}`);
  await admin.query(`alter role ${owner} login password ${pg.escapeLiteral(password)}`);
  if (!(await exists(admin, 'select from pg_database where datname = $1', name))) {
    // an administrator who is no superuser may give a database only to a role it belongs to
    await admin.query(`grant ${owner} to current_user`);
    await admin.query(`create database ${database} owner ${owner}`);
  }
  await admin.query(`revoke all on database ${database} from public`);
}

async function exists(admin: pg.Client, query: string, name: string): Promise<boolean> {
  const { rowCount } = await admin.query(query, [name]);
  return rowCount === 1;
}

function urlFor(adminUrl: string, { name, role, password }: ServiceDatabase): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  url.pathname = name;
  return url.href;
}

async function onServer<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = bearLosses(new pg.Client({ connectionString: url }));
  await client.connect();
  return work(client).finally(() => client.end());
}
