/** A handler throws it when no repetition can help: the message goes to dead letters and the next one proceeds. */
export class Unprocessable extends Error {
  override readonly name = 'Unprocessable';
}
