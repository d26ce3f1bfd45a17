/** What a person needs to see, by name. */
export type Evidence = Readonly<Record<string, string>>;
