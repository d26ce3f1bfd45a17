/** A clock with its timer that can be moved on. */
export interface Movable {
  /** Moves on by so many milliseconds and runs what falls due on the way. */
  advance(ms: number): void;
  /** When the next task falls due, or undefined when none waits. */
  nextDue(): Date | undefined;
}

export const isMovable = (clock: object): clock is Movable => 'advance' in clock && 'nextDue' in clock;
