import { payments } from '@kasir/contracts';
import type kafkajs from 'kafkajs';
import { eventId } from '../events/event-id.js';
import { rawPaymentSucceeded } from '../lab.specs.js';

/** What the service under test says. */
export const replies = { ...payments, name: 'replies.v1', producer: 'order', readers: [] } as typeof payments;

export const tablesOfService = `
create table effects (position bigint generated always as identity, order_id text not null, sequence int not null);
create table said (event_id uuid primary key, order_id text not null);
create table spoken (id int primary key);
`;

export const countOfOwnNews = 12;
const orders = ['order-0', 'order-1', 'order-2', 'order-3'];
const newsPerWave = 15;

/** What the service hears in one wave: some orders go on, a refused one holds another, and two get answers that no broker takes. */
export function wave(number: number): kafkajs.Message[] {
  const counts = Array.from({ length: newsPerWave }, (_, index) => number * newsPerWave + index + 1);
  const said = (orderId: string, sequence: number) =>
    rawPaymentSucceeded(orderId, { sequence, headers: { ce_id: idOf(orderId, sequence) } });
  const going = counts.flatMap((sequence) => orders.map((orderId) => said(orderId, sequence)));
  const odd = [
    said(`refused-${number}`, 1),
    said(`huge-${number}`, 1),
    said(`refused-${number}`, 2),
    said(`odd-${number}`, 1),
  ];
  return [...going.slice(0, 20), ...odd, ...going.slice(20)];
}

/** The sequences of which the service must take effect, by order. */
export const effectsOf = (waves: number): Record<string, number[]> => ({
  ...Object.fromEntries(orders.map((order) => [order, upTo(waves * newsPerWave)])),
  ...Object.fromEntries(
    upTo(waves).flatMap((count) => [`huge-${count - 1}`, `odd-${count - 1}`].map((order) => [order, [1]])),
  ),
});

/** The sequences of the service's own news, by order, without those that no broker takes. */
export const repliesOf = (waves: number): Record<string, number[]> => ({
  ...Object.fromEntries(orders.map((order) => [order, upTo(waves * newsPerWave)])),
  ...Object.fromEntries(upTo(waves).map((count) => [`odd-${count - 1}`, [2]])),
  ...Object.fromEntries([0, 1, 2].map((index) => [`own-${index}`, upTo(countOfOwnNews / 3)])),
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const idOf = (orderId: string, sequence: number): string =>
  eventId({ source: 'notification', type: 'PaymentSucceeded', identity: `${orderId}#${sequence}` });
