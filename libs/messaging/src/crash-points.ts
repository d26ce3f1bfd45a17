/**
 * Where messaging can be told to die, so that tests see what a sudden death leaves behind. Each name says what has
 * happened already, or is about to.
 */
export const messagingCrashPoints = [
  'before-commit',
  'after-commit',
  'relay-took-shards',
  'relay-before-send',
  'relay-during-send',
  'relay-after-send',
  'relay-after-look',
  'relay-between-singles',
  'relay-after-burial',
  'consumer-joined',
  'consumer-in-halves',
  'consumer-before-commit',
  'consumer-after-commit',
  'consumer-before-offsets',
  'consumer-after-offsets',
  'letter-before-commit',
  'letter-after-commit',
] as const;
export type CrashPoint = (typeof messagingCrashPoints)[number];

/** Called wherever one of the points is passed. */
export type Passing<Point extends string = CrashPoint> = (point: Point) => void;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What `KASIR_CRASH_AT=point:n` asks for: SIGKILL to this process the n-th time that the point is passed. Nothing without it.
 * @throws Error in one line, when it names no such point, or when NODE_ENV is production
 */
export function crashPointsFrom<const Point extends string>(
  env: Environment,
  points: readonly Point[],
): Passing<Point> {
  const wish = env['KASIR_CRASH_AT'];
  if (wish === undefined || wish === '') return () => undefined;
  if (env['NODE_ENV'] === 'production')
    throw new Error('KASIR_CRASH_AT kills this process and NODE_ENV is production: unset KASIR_CRASH_AT');
  const [, fatal, count] = /^(.+):([1-9]\d{0,8})$/.exec(wish) ?? [];
  if (!points.some((point) => point === fatal))
    throw new Error(`KASIR_CRASH_AT=${wish} is no point:n: name one of ${points.join(', ')}, such as ${points[0]}:1`);
  let left = Number(count);
  return (point) => {
    if (point === fatal && (left -= 1) === 0) process.kill(process.pid, 'SIGKILL');
  };
}
