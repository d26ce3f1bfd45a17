import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { fileOf } from './settings.js';

export type Order = { readonly id: string; readonly amount: object; readonly description: string };
export type WithOrder = { readonly headers: { readonly authorization?: string }; order: Order };

@Injectable()
export class CheckoutTokenGuard implements CanActivate {
  private readonly keys = createLocalJWKSet(JSON.parse(fileOf('CHECKOUT_JWKS_FILE')));

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithOrder>();
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const options = { algorithms: ['ES256'], audience: 'kasir', requiredClaims: ['exp', 'order'] };
    const verified = await jwtVerify<{ order: Order }>(token, this.keys, options).catch(() => undefined);
    if (verified === undefined) throw new UnauthorizedException();
    request.order = verified.payload.order;
    return true;
  }
}
