/** What a member writes into its log once it listens: from then on a SIGTERM ends it in good order. */
export const listens = 'this member listens';
