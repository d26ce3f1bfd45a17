import { Unprocessable } from '../unprocessable.js';
import { faultOf } from './faults.js';

const coded = (code: string, message = 'no') => Object.assign(new Error(message), { code });
const wrapped = (cause: unknown) => new Error('the order could not be stored', { cause });

describe('an error of a handler', () => {
  it.each([
    ['a lost connection', coded('08006')],
    ['a deadlock', coded('40P01')],
    ['a serialisation failure', coded('40001')],
    ['too many connections', coded('53300')],
    ['a shutdown of the server', coded('57P01')],
    ['a statement that took too long', coded('57014')],
    ['a lock that could not be had', coded('55P03')],
    ['a server that became read-only', coded('25006')],
    ['a password that was just changed', coded('28P01')],
    ['a server that is not there', coded('ECONNREFUSED')],
    ['a connection that was cut', coded('ECONNRESET')],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
    ['a client whose connection went away', new Error('Connection terminated unexpectedly')],
    ['a client that is broken', new Error('Client has encountered a connection error and is not queryable')],
    ['a connection that TypeORM took back', new Error('Query runner already released. Cannot run queries anymore.')],
    ['one of them inside another error', wrapped(wrapped(coded('40001')))],
    ['one of them as TypeORM keeps it', Object.assign(new Error('failed'), { driverError: coded('57P01') })],
    ['one of them among several', new AggregateError([new Error('no'), coded('ECONNREFUSED')])],
  ])('is transient: %s', (_, error) => {
    expect(faultOf(error)).toBe('transient');
  });
  it.each([
    ['a refusal', new Unprocessable('no such order')],
    ['a refusal inside another error', wrapped(new Unprocessable('no such order'))],
  ])('is final: %s', (_, error) => {
    expect(faultOf(error)).toBe('refused');
  });
  it.each([
    ['a broken constraint', coded('23505')],
    ['a column that does not exist', coded('42703')],
    ['a bug', new TypeError('undefined is not a function')],
    ['something that is no error', 'no'],
    ['an error that is its own cause', ((error) => Object.assign(error, { cause: error }))(new Error('no'))],
  ])('needs another try, but not for ever: %s', (_, error) => {
    expect(faultOf(error)).toBe('unexplained');
  });
});
