/** What is wrong with one field of a request, by the name that its sender knows. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}
