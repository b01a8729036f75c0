import { AppError } from '@atrium/contracts';
import { asUnavailable } from './unavailable.ts';

const withCode = (code: string) => Object.assign(new Error('database says no'), { code });

describe('a failure of the database', () => {
  it.each([
    withCode('57014'),
    withCode('ECONNREFUSED'),
    new Error('wrapped', { cause: withCode('57P01') }),
    new Error('Connection terminated unexpectedly'),
  ])('turns a database that is away into an answer worth repeating: %s', (error) => {
    expect(asUnavailable(error)).toMatchObject({ code: 'service_unavailable', data: { retryAfterSeconds: 1 } });
  });

  it('leaves refusals and faults as they are', () => {
    for (const error of [new AppError('forbidden'), withCode('23505'), new TypeError('a fault')]) expect(asUnavailable(error)).toBe(error);
  });
});
