/** pg's clients and pools, as far as their losses go. */
interface Connected {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

const toldByWhatFails = (): void => undefined;

/**
 * Keeps the process alive when the server ends a connection. pg tells that as an `error` event, also where a statement
 * fails of it anyway, and one that nothing listens to ends the process. Every client and every pool passes through here.
 */
export function bearLosses<Connection extends Connected>(connection: Connection): Connection {
  connection.on('error', toldByWhatFails);
  return connection;
}

/**
 * The same for each client of a pool, among the pool's settings (`extra` in TypeORM's): neither pg's pool nor TypeORM
 * listens while the one hands a client over to the other.
 */
export const bearingLosses = { onConnect: (client: Connected): void => void bearLosses(client) };
