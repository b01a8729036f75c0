import { AtriumError } from '@atrium/client';
import { sentenceOf } from './use-form.ts';

const refused = (detail: string, retryAfterSeconds?: number) =>
  new AtriumError({ code: 'rate_limited', status: 429, detail, requestId: undefined, ...(retryAfterSeconds ? { retryAfterSeconds } : {}) });

describe('the sentence about a refusal', () => {
  it('says how long to wait', () => {
    expect(sentenceOf(refused('Too many attempts.', 30))).toBe('Too many attempts. Try again in 30 seconds.');
    expect(sentenceOf(refused('Too many attempts', 900))).toBe('Too many attempts. Try again in 15 minutes.');
    expect(sentenceOf(refused('Too many attempts.'))).toBe('Too many attempts.');
  });

  it('does not say how long to wait where the server has said so', () => {
    expect(sentenceOf(refused('Too many attempts. Try again in 15 min.', 900))).toBe('Too many attempts. Try again in 15 min.');
    expect(sentenceOf(refused('Slow down: try again in 20 seconds.', 20))).toBe('Slow down: try again in 20 seconds.');
  });
});
