/** What a receiver has to say, in these values; how it spaces its JSON is its own affair. */
const wanted = { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' };

/** Why an answer is not the acknowledgement that Antom waits for, or undefined when it is. */
export function acknowledgementProblem(status: number, body: string): string | undefined {
  if (status !== 200) return `HTTP ${status}`;
  const result = resultOf(body);
  if (typeof result !== 'object' || result === null) return 'no result in the answer';
  const wrong = Object.entries(wanted).find(([key, value]) => (result as Record<string, unknown>)[key] !== value);
  return wrong === undefined ? undefined : `${wrong[0]} is not ${wrong[1]}`;
}

function resultOf(body: string): unknown {
  try {
    return (JSON.parse(body) as { result?: unknown } | null)?.result;
  } catch {
    return undefined;
  }
}
