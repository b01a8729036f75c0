import { AppError, ERRORS, validationError } from './errors.ts';

describe('an error of a service', () => {
  it('crosses the wire with code, kind, sentence and data', () => {
    const sent = new AppError('slow_mode', 'Wait 5 s.', { retryAfterSeconds: 5 });
    const received = AppError.fromWire(JSON.parse(JSON.stringify(sent.toWire())));
    expect(received).toMatchObject({
      code: 'slow_mode',
      kind: 'resource_exhausted',
      status: 429,
      detail: 'Wait 5 s.',
      data: { retryAfterSeconds: 5 },
    });
  });

  it.each([undefined, 'text', { code: 'made_up', kind: 'internal', detail: '' }, new Error('secret')])(
    'reads %p as internal, and says nothing of it',
    (value) => {
      expect(AppError.fromWire(value)).toMatchObject({ code: 'internal', detail: ERRORS.internal.title, data: {} });
    },
  );

  it('names each field that is wrong', () => {
    const error = validationError([
      { path: ['rooms', 0, 'name'], message: 'must not be empty' },
      { path: [], message: 'give one anchor' },
    ]);
    expect(error.data.errors).toEqual([
      { path: 'rooms.0.name', message: 'must not be empty' },
      { path: '', message: 'give one anchor' },
    ]);
    expect(error.detail).toBe('rooms.0.name: must not be empty; give one anchor');
  });
});
