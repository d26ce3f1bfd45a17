/** A statement for pg; one with a name is parsed and planned once per connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[] | undefined;
}

/** Texts that are put together differently each time would fill the server's memory. */
const mostNames = 500;

const names = new Map<string, string>();
let made = 0;

/** Planning costs the server more than running most of our statements. Text without parameters may be several statements and has no name. */
export function prepared(text: string, values: unknown[] | undefined): Statement {
  if (values === undefined || (names.size >= mostNames && !names.has(text))) return { text, values };
  const name = names.get(text) ?? `kasir_${++made}`;
  names.set(text, name);
  return { name, text, values };
}

/** A migration beside us may change what a plan returns. The next time the text is planned anew, under another name. */
export function forgetPlan(text: string, error: unknown): void {
  const { code, message } = error as { code?: string; message?: string };
  if (code === '0A000' && message?.includes('cached plan') === true) names.delete(text);
}
