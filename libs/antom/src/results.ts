import { z } from 'zod';

/** S: done. F: refused. U: may have happened, may be happening, may have failed. */
export type ResultStatus = 'S' | 'F' | 'U';

export interface Result {
  readonly status: ResultStatus;
  readonly code: string;
  readonly message: string;
}

/** Read leniently: fields that we do not know are left alone, and a letter that we do not know is U. */
export const ResultField = z
  .looseObject({
    resultStatus: z.string(),
    resultCode: z.string().catch(''),
    resultMessage: z.string().catch(''),
  })
  .transform(({ resultStatus, resultCode, resultMessage }): Result => ({
    status: resultStatus === 'S' || resultStatus === 'F' ? resultStatus : 'U',
    code: resultCode,
    message: resultMessage,
  }));

/** Any answer of Antom, as far as all of them agree. */
export const AnyAnswer = z.looseObject({ result: ResultField });
