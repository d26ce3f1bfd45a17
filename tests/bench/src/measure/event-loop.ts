/** The p99 of a service's event-loop delay since its metrics were last read, in milliseconds; undefined where it tells none. */
export async function eventLoopP99(adminUrl: string): Promise<number | undefined> {
  const text = await fetch(`${adminUrl}/metrics`).then(
    (answer) => (answer.ok ? answer.text() : ''),
    () => '',
  );
  return eventLoopIn(text);
}

export function eventLoopIn(metrics: string): number | undefined {
  const seconds = /^nodejs_eventloop_lag_p99_seconds(?:\{[^}]*\})? (\S+)$/m.exec(metrics)?.[1];
  return seconds === undefined ? undefined : Number((Number(seconds) * 1_000).toFixed(1));
}
