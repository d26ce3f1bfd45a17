/** What can go wrong with a call, and what an order may say of it besides `call`, `match`, `times` and `probability`. */
export const faults = {
  unavailable: { about: 'HTTP 503', takes: ['when'] },
  error: { about: 'HTTP 500', takes: ['when'] },
  'rate limited': { about: 'HTTP 429', takes: ['when'] },
  unknown: { about: 'a signed U', takes: ['when', 'code'] },
  reject: { about: 'a signed F', takes: ['when', 'code'] },
  hang: { about: 'no answer at all', takes: ['when'] },
  reset: { about: 'the connection breaks', takes: ['when'] },
  delay: { about: 'the right answer comes late', takes: ['delayMs', 'latency'] },
  'slow body': {
    about: 'the headers of the right answer come at once, and its body in four parts with a wait before each',
    takes: ['delayMs', 'latency'],
  },
  malformed: { about: 'half of the JSON of the right answer', takes: [] },
  unsigned: { about: 'the right answer without its signature', takes: [] },
  'bad signature': { about: 'the right answer with a signature that is wrong', takes: [] },
  'clock skew': {
    about:
      'the right answer, with a `response-time` that is so far off and signed like that; a notification with such a `request-time`',
    takes: ['skewSeconds'],
  },
} as const satisfies Readonly<Record<string, { readonly about: string; readonly takes: readonly string[] }>>;

export type FaultName = keyof typeof faults;

/** The same as a table in Markdown. */
export function faultTable(): string {
  const rows = Object.entries(faults).map(
    ([name, { about, takes }]) => `| \`${name}\` | ${about} | ${takes.map((field) => `\`${field}\``).join(', ')} |`,
  );
  return ['| fault | what happens | what else may be said |', '|---|---|---|', ...rows].join('\n');
}
