/** How one JSON value may have been printed, with a name for each way. */
export function spellingsOf(value: unknown): { name: string; text: string }[] {
  const orders = [
    { name: '', value },
    { name: 'keys sorted', value: sorted(value) },
  ];
  return orders.flatMap((order) =>
    layouts.flatMap((layout) =>
      escapings.flatMap((escaping) =>
        ['', '\n'].map((end) => ({
          name: [order.name, layout.name, escaping.name, end && 'a line end at the end'].filter(Boolean).join(', '),
          text: escaping.escape(layout.print(order.value)) + end,
        })),
      ),
    ),
  );
}

const layouts: readonly { name: string; print: (value: unknown) => string }[] = [
  { name: 'compact', print: (value) => JSON.stringify(value) },
  { name: 'blanks after commas and colons', print: spaced },
  { name: 'indented by 2', print: (value) => JSON.stringify(value, null, 2) },
  { name: 'indented by 4', print: (value) => JSON.stringify(value, null, 4) },
  { name: 'indented by tabs', print: (value) => JSON.stringify(value, null, '\t') },
];

const unicode = (text: string): string =>
  text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const slashes = (text: string): string => text.replaceAll('/', '\\/');

const escapings: readonly { name: string; escape: (text: string) => string }[] = [
  { name: '', escape: (text) => text },
  { name: 'letters beyond ASCII escaped', escape: unicode },
  { name: 'slashes escaped', escape: slashes },
  { name: 'slashes and letters beyond ASCII escaped', escape: (text) => unicode(slashes(text)) },
];

/** As Python prints JSON: `{"a": 1, "b": 2}`. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}: ${spaced(each)}`)
    .join(', ')}}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, sorted(each)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
