import { type AntomClient, buildCreatePaymentSession, InvalidRequest, readSessionAnswer } from '@kasir/antom';
import { type Clock } from '@kasir/kernel';
import { type PaymentProvider, type SessionAnswer, UnsayableWish } from '../application/ports.js';
import { type FrozenRequest } from '../domain/attempt.js';

export interface AntomAccount {
  readonly notifyUrl: string;
  readonly settlementCurrency: string;
}

/** Hears what a person should look at. */
type Alarm = (fields: object, message: string) => void;

/** Antom as a payment provider: our words to Antom's and back. */
export class AntomProvider implements PaymentProvider {
  constructor(
    private readonly client: AntomClient,
    private readonly account: AntomAccount,
    private readonly clock: Clock,
    private readonly alarm: Alarm,
  ) {}

  freeze(wish: Parameters<PaymentProvider['freeze']>[0]): FrozenRequest {
    const { paymentSessionId, bankChoice, ...rest } = wish;
    try {
      return buildCreatePaymentSession({
        ...rest,
        ...this.account,
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
        this.alarm({ reason: answer.reason, detail: answer.detail }, 'Antom gave no answer that decides');
        return answer;
    }
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
