/**
 * What a statement takes of several things at once, by columns, as `unnest` wants it.
 * @param cellsOf the cells of one thing, as many of every thing
 */
export function columns<Thing>(things: readonly Thing[], cellsOf: (thing: Thing) => readonly unknown[]): unknown[][] {
  const rows = things.map(cellsOf);
  return (rows[0] ?? []).map((_, place) => rows.map((row) => row[place]));
}
