/**
 * For `node --import`, and for Jest's `setupFiles` as its test files have a `Date` of their own: puts this process's clock
 * KASIR_CLOCK_AHEAD_DAYS forward. PostgreSQL, Kafka and the operating system stay where they are.
 */
const ahead = Symbol.for('kasir.clock-ahead');
const days = Number(process.env.KASIR_CLOCK_AHEAD_DAYS ?? 0);
if (!Number.isFinite(days)) throw new Error('KASIR_CLOCK_AHEAD_DAYS must be a number of days');

if (days !== 0 && !(ahead in Date)) {
  const RealDate = Date;
  const realNow = RealDate.now.bind(RealDate);
  // On the class itself, so that a test which replaces it replaces what `new Date()` reads, too.
  RealDate.now = () => realNow() + days * 86_400_000;
  RealDate[ahead] = days;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [target.now()] : args, newTarget),
    apply: (target) => new target(target.now()).toString(),
  });
  Object.defineProperty(RealDate.prototype, 'constructor', {
    value: globalThis.Date,
    writable: true,
    configurable: true,
  });
}
