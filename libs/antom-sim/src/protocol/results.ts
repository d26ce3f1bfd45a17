export interface SimResult {
  readonly resultCode: string;
  readonly resultStatus: 'S' | 'F' | 'U';
  readonly resultMessage: string;
}

export const success: SimResult = { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success.' };

export const refusal = (resultCode: string, resultMessage: string): SimResult => ({
  resultCode,
  resultStatus: 'F',
  resultMessage,
});

export const undecided = (resultCode: string): SimResult => ({
  resultCode,
  resultStatus: 'U',
  resultMessage: 'An API call has failed, for an unknown reason.',
});
