/** What became of the messages that waited. */
export interface Released {
  readonly released: number;
  readonly parkedAgain?: string;
}

export const releasedOf = ({ released, parkedAgain }: Released): string =>
  parkedAgain === undefined
    ? `${released} that waited for it are applied, too`
    : `of those that waited ${released} are applied, the next one is dead letter ${parkedAgain} and the rest waits for it`;
