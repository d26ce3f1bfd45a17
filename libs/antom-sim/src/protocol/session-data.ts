import { type Money } from '@kasir/kernel';
import { randomBytes } from '../random.js';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/**
 * What the app hands to Antom's client SDK: cipher, region, a number, and render data as Base64 of JSON, joined by `&&`.
 * The SDK refuses the three-part value of Antom's own samples.
 */
export function newSessionData(clientId: string, amount: Money): string {
  const renderData = {
    clientId,
    paymentSessionConfig: {
      productScene: 'CASHIER_PAYMENT',
      paymentMethodCategoryType: 'BANK',
      productSceneVersion: '1.0',
    },
    paymentSessionFactor: { paymentAmount: amount },
    extendInfo: '{}',
    skipRenderPaymentMethod: false,
  };
  return [randomBytes(96).toString('base64'), 'SG', '188', base64(JSON.stringify(renderData))].join('&&');
}

/** 64 characters, as in Antom's sample. */
export const newSessionId = (): string => randomBytes(48).toString('base64url');

/** The parts that the web SDK sends back: all but the render data. */
export const sessionKey = (sessionData: string): string => sessionData.split('&&').slice(0, 3).join('&&');
