import { sign, verify } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { fileOf, setting } from './settings.js';

type Answer = { result: { resultStatus: string; resultCode: string }; paymentSessionData?: string };
type HeaderValue = string | null | undefined;
const clientId = setting('ANTOM_CLIENT_ID');
const contentOf = (path: string, time: string, body: string) =>
  Buffer.from(`POST ${path}\n${clientId}.${time}.${body}`);

/** Antom's signatures, with the keys as they are configured: PEM. */
@Injectable()
export class AntomService {
  private readonly privateKey = fileOf('ANTOM_MERCHANT_PRIVATE_KEY_FILE');
  private readonly publicKey = fileOf('ANTOM_PUBLIC_KEYS_FILE');

  /** @throws when Antom has not answered, or without its signature */
  async createPaymentSession(body: string): Promise<Answer> {
    const path = '/ams/sandbox/api/v1/payments/createPaymentSession';
    const time = String(Date.now());
    const signed = sign('sha256', contentOf(path, time, body), this.privateKey).toString('base64');
    const signature = `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signed)}`;
    const headers = { 'content-type': 'application/json', 'client-id': clientId, 'request-time': time, signature };
    const signal = AbortSignal.timeout(15_000);
    const response = await fetch(setting('ANTOM_BASE_URL') + path, { method: 'POST', headers, body, signal });
    const text = await response.text();
    if (!this.verify(path, response.headers.get('response-time'), text, response.headers.get('signature')))
      throw new Error(`HTTP ${response.status} without Antom's signature`);
    return JSON.parse(text) as Answer;
  }

  verify(path: string, time: HeaderValue, body: string, header: HeaderValue): boolean {
    const signature = decodeURIComponent(/signature=([^,]+)/.exec(header ?? '')?.[1] ?? '');
    return verify('sha256', contentOf(path, time ?? '', body), this.publicKey, Buffer.from(signature, 'base64'));
  }
}
