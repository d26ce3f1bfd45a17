import { type Merchant } from '../application/merchant.js';
import { type Caller } from './callers.js';
import { type Door, type OrderRequest } from './needs.js';
import { secretKeyNeeded } from './problems.js';

/** Who asks; named in the logs from here on. @throws HttpProblem 401 */
export async function callerOf({ knowCaller }: Door, request: OrderRequest): Promise<Caller> {
  const caller = await knowCaller(request.headers.authorization);
  if (caller.kind === 'app') request.orderId = caller.orderId;
  else request.merchant = caller.merchant.name;
  return caller;
}

/** @throws HttpProblem 401, or 403 for an app */
export async function merchantCalling(door: Door, request: OrderRequest): Promise<Merchant> {
  const caller = await callerOf(door, request);
  if (caller.kind === 'app') throw secretKeyNeeded();
  return caller.merchant;
}
