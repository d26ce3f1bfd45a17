import { type Diagnosis, type Finding } from '@kasir/antom';

/** A diagnosis for people. */
export const report = (diagnosis: Diagnosis): string =>
  [headOf(diagnosis), ...diagnosis.findings.map(paragraph), ...hintsFor(diagnosis)].join('\n\n');

const hint =
  '  It can be proven against more: --public-url (the address that Antom knows), --prefix, --other-key, --other-client-id,\n' +
  '  --sent-body (what Antom sent, where a proxy caught it).';

const hintsFor = ({ kind }: Diagnosis): string[] => (kind === 'unexplained' ? [hint] : []);

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
