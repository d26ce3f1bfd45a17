const dayMs = 86_400_000;

/** ISO time so many days from now, for what a service compares with its clock. */
export const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString();
