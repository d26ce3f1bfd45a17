import { HttpException } from '@nestjs/common';

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** RFC 9457, with a code for programs. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Only on faults of our own: what to look for in the logs. */
  readonly traceId?: string;
}

/** @param code one lower-case word with underscores, part of the public contract */
export function problem(
  status: number,
  code: string,
  title: string,
  more: Partial<Pick<ProblemBody, 'detail' | 'errors' | 'traceId'>> = {},
): ProblemBody {
  return { type: `urn:kasir:problem:${code}`, title, status, code, ...more };
}

/** Thrown by a controller to answer with a problem. */
export class HttpProblem extends HttpException {
  constructor(
    readonly body: ProblemBody,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(body, body.status);
  }
}
