const print = (resultCode: string, resultStatus: string, resultMessage: string): string =>
  JSON.stringify({ result: { resultCode, resultStatus, resultMessage } });

/** The body that makes Antom stop sending, with HTTP 200 and `application/json`. It needs no signature. */
export const acknowledgement = print('SUCCESS', 'S', 'success');

/** The body that makes Antom send again. */
export const failureAnswer = print('PROCESS_FAIL', 'F', 'fail');
