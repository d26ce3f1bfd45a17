export interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** What of an error may be logged. Drivers hang statements, parameters and row values on theirs: those stay out. */
export function describeError(error: Error, depth = 0): ErrorDescription {
  const { code } = error as { code?: unknown };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: messageOf(error),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(frames === undefined ? {} : { stack: frames.join('\n') }),
    ...(error.cause instanceof Error && depth < 5 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** JSON.parse quotes the text it could not read. The count of blanks is bounded, which keeps the pattern linear. */
function messageOf(error: Error): string {
  return error instanceof SyntaxError ? error.message.replace(/,? {0,4}(\.\.\.)?"[\s\S]*$/, '') : error.message;
}
