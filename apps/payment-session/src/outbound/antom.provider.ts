import {
  type AntomHealth,
  buildCreatePaymentSession,
  type GuardedAntom,
  InvalidRequest,
  readSessionAnswer,
  type SettlementCurrencies,
} from '@kasir/antom';
import { type Clock } from '@kasir/kernel';
import { type PaymentProvider, type SessionAnswer, UnsayableWish } from '../application/ports.js';
import { type FrozenRequest } from '../domain/attempt.js';

export interface AntomAccount {
  readonly notifyUrl: string;
  readonly settlementCurrency: string;
  /** Where payments in some currencies settle in another one. */
  readonly settlementCurrencies: SettlementCurrencies;
  readonly metaDataAs: 'string' | 'object';
}

/** Hears what a person should look at. */
type Alarm = (fields: object, message: string) => void;

/** Antom as a payment provider: our words to Antom's and back. */
export class AntomProvider implements PaymentProvider {
  constructor(
    private readonly client: GuardedAntom,
    private readonly account: AntomAccount,
    private readonly clock: Clock,
    private readonly alarm: Alarm,
  ) {}

  freeze(wish: Parameters<PaymentProvider['freeze']>[0]): FrozenRequest {
    const { paymentSessionId, bankChoice, ...rest } = wish;
    const { notifyUrl, metaDataAs, settlementCurrency, settlementCurrencies } = this.account;
    try {
      return buildCreatePaymentSession({
        ...rest,
        notifyUrl,
        metaDataAs,
        settlementCurrency: settlementCurrencies[wish.amount.currency] ?? settlementCurrency,
        paymentRequestId: paymentSessionId,
        bank: bankChoice,
        now: this.clock.now(),
      });
    } catch (error) {
      if (error instanceof InvalidRequest) throw new UnsayableWish(error.message);
      throw error;
    }
  }

  async createSession(request: FrozenRequest): Promise<SessionAnswer> {
    const answer = readSessionAnswer(await this.client.send(request));
    switch (answer.kind) {
      case 'created':
        return answer;
      case 'refused':
        if (answer.reaction !== 'attempt failed')
          this.alarm({ code: answer.code, reaction: answer.reaction }, 'Antom refuses our requests');
        return answer;
      case 'unknown':
        if (answer.reason !== 'unavailable')
          this.alarm({ reason: answer.reason, detail: answer.detail }, 'Antom gave no answer that decides');
        return answer;
    }
  }

  /** Whether Antom is asked at all just now, for health checks and numbers. */
  health(): AntomHealth {
    return this.client.health();
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
