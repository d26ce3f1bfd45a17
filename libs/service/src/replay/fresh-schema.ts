import { ConfigError } from '@kasir/platform';
import { type DataSource } from 'typeorm';

const plain = /^[a-z][a-z0-9_]{0,62}$/;

/** @throws ConfigError for a name that PostgreSQL would have to quote */
export function requirePlainName(service: string, schema: string): void {
  if (!plain.test(schema))
    throw new ConfigError(service, `"${schema}" is no name for a schema: take up to 63 of a to z, 0 to 9 and _`);
}

/** Makes a schema where there is none. @throws ConfigError where it has tables, or the role may not make it */
export async function freshSchema(dataSource: DataSource, service: string, schema: string): Promise<void> {
  const tables = await dataSource.query<unknown[]>('select from pg_tables where schemaname = $1 limit 1', [schema]);
  if (tables.length > 0)
    throw new ConfigError(service, `the schema ${schema} has tables: a replay fills an empty one; take another name`);
  await dataSource.query(`create schema if not exists ${schema}`).catch((error: unknown) => {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new ConfigError(service, `its role may not make the schema ${schema}: grant it create on its database`);
  });
}

export const dropSchema = (dataSource: DataSource, schema: string): Promise<unknown> =>
  dataSource.query(`drop schema ${schema} cascade`);
