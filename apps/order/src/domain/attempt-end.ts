/**
 * How an attempt ended without money, as far as closing its order goes: Antom answered after its last moment, answered a
 * cancel with a success, or never had the session.
 */
export type AttemptEnd = 'expired' | 'cancelled' | 'never-existed';
