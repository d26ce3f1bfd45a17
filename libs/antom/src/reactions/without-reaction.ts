/** A code of Antom's that none of our calls is refused with, so that nothing has to be done about it. */
export interface OtherCode {
  readonly code: string;
  readonly place: string;
  readonly meaning: string;
}

const cards = 'cards with manual capture only: banks have none';

/** So that whoever looks a code up finds it. */
export const codesWithoutReaction: readonly OtherCode[] = [
  { code: 'SUCCESS', place: 'all calls', meaning: 'with `S`: the body says the rest' },
  { code: 'CAPTURE_IN_PROCESS', place: 'capture', meaning: `${cards}; with \`U\`` },
  { code: 'MULTI_CAPTURE_NOT_SUPPORTED', place: 'capture', meaning: cards },
  { code: 'CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT', place: 'capture', meaning: cards },
  { code: 'AUTH_…', place: 'capture', meaning: cards },
  {
    code: 'INQUIRY_PAYMENT_SESSION_FAILED',
    place: "Antom's client SDKs",
    meaning: "the session has expired: the shopper's page asks for a new one",
  },
];
