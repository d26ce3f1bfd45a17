import { type PaymentSessionView } from '@kasir/contracts';
import { type Kasir } from '@kasir/local-kasir';
import { type FrameLocator, type Page } from 'playwright-core';
import { cappuccino } from './shopper.js';

export type Locale = 'en_US' | 'th_TH' | 'in_ID';

/** What the shop heard from Antom's SDK, and by which of its channels. */
export interface Heard {
  readonly channel: 'event' | 'error' | 'close' | 'promise';
  readonly code?: string;
  readonly errorCode?: string;
}

/** One bank, so that Antom's window asks for nothing, or the banks of a country, of which the buyer chooses one there. */
export type BankChoice = { readonly bankName: string } | { readonly region: 'TH' | 'ID' };

/** The shop's own server asks Kasir for a session of this order. */
export async function askForSession(
  kasir: Kasir,
  orderId: string,
  bankChoice: BankChoice,
): Promise<PaymentSessionView> {
  const token = await kasir.shop.sign({ order: cappuccino(orderId) });
  const response = await fetch(`${kasir.gatewayUrl}/v1/payment-sessions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `key-${orderId}`,
      prefer: 'wait=20',
    },
    body: JSON.stringify({ bankChoice, terminal: { type: 'WEB' } }),
  });
  if (response.status !== 201) throw new Error(`${orderId}: ${response.status} ${await response.text()}`);
  return (await response.json()) as PaymentSessionView;
}

/** The shop's page in a browser, with Antom's SDK on it. */
export class Checkout {
  constructor(private readonly page: Page) {}

  async begin(sessionData: string, locale: Locale = 'en_US'): Promise<void> {
    await this.page.evaluate(`pay(${JSON.stringify(sessionData)}, '${locale}')`);
  }

  heard(): Promise<Heard[]> {
    return this.page.evaluate('heard');
  }

  /** Antom's window over the shop's page. */
  frame(): FrameLocator {
    return this.page.frameLocator('iframe[id^="ams-checkout-component"]');
  }

  /** Chooses the way to pay by keyboard, in a window that may still be sliding in, and arrives at the bank. */
  async chooseBank(kind: string, bank: string, go: RegExp): Promise<void> {
    await this.frame().getByRole('group', { name: kind }).getByRole('radio', { name: bank }).press('Space');
    await this.frame().getByRole('button', { name: go }).press('Enter');
    await this.page.waitForURL('**/bank/**');
  }

  /** Closes Antom's window as a buyer does: its cross, and then "leave". */
  async close(): Promise<void> {
    await this.page.locator('#asm-component-close-block').click();
    await this.page.locator('#ams-component-retention-leave').click();
  }
}
