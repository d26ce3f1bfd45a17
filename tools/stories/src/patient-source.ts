import { dataSourceOf } from '@kasir/service';

type Source = ReturnType<typeof dataSourceOf>;

/** As a service's own, but on a busy machine it waits longer for a connection, because a test has nobody who would ask again. */
export function patientSource(...[url, migrations, name]: Parameters<typeof dataSourceOf>): Source {
  const source = dataSourceOf(url, migrations, name);
  const extra = { ...(source.options.extra as object), connectionTimeoutMillis: 30_000 };
  return source.setOptions({ extra });
}
