import { type Diagnosis, type Finding } from '@kasir/antom';

/** A diagnosis for people. */
export const report = (diagnosis: Diagnosis): string =>
  [headOf(diagnosis), ...diagnosis.findings.map(paragraph)].join('\n\n');

function headOf(diagnosis: Diagnosis): string {
  switch (diagnosis.kind) {
    case 'valid':
      return `The signature is good (${diagnosis.key}).`;
    case 'explained':
      return 'The call would be refused. Proven: with this put right, the signature is good.';
    case 'unexplained':
      return `The call would be refused. Not proven why: ${diagnosis.summary}.`;
  }
}

const paragraph = ({ cause, detail, remedy }: Finding): string => `  ${cause}\n    ${detail}\n    → ${remedy}`;
