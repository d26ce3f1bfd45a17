/** A merchant's server, known by the name of its secret key. */
export interface Merchant {
  readonly name: string;
}
