import { judgeRefresh, type PresentedToken } from './rotation.ts';

const aToken = (token: Partial<PresentedToken> = {}): PresentedToken => ({
  sessionEnded: false,
  expired: false,
  rotatedAgoMs: null,
  successorUnused: false,
  rotatedMeanwhile: false,
  fromBrowser: true,
  sameClient: true,
  ...token,
});
const justRotated = { rotatedAgoMs: 2000, successorUnused: true };

describe('a refresh token', () => {
  it('rotates when it is fresh, wherever it comes from', () => {
    expect(judgeRefresh(aToken())).toBe('rotate');
    expect(judgeRefresh(aToken({ sameClient: false }))).toBe('rotate');
  });

  it('is answered again, from a browser or not, when both uses were under way at once', () => {
    expect(judgeRefresh(aToken({ ...justRotated, fromBrowser: false, rotatedMeanwhile: true }))).toBe('repeat');
    expect(judgeRefresh(aToken({ ...justRotated, fromBrowser: false }))).toBe('reused');
  });

  it('is answered again when it was rotated a moment ago by the same browser', () => {
    expect(judgeRefresh(aToken(justRotated))).toBe('repeat');
    expect(judgeRefresh(aToken({ ...justRotated, rotatedAgoMs: 30_000 }))).toBe('repeat');
  });

  it.each([
    ['after the grace', { ...justRotated, rotatedAgoMs: 30_001 }],
    ['once its successor was used', { ...justRotated, successorUnused: false }],
    ['from another client', { ...justRotated, sameClient: false }],
    ['after its own expiry', { ...justRotated, rotatedAgoMs: 1e9, expired: true }],
  ])('counts as reused %s', (_when, token) => {
    expect(judgeRefresh(aToken(token))).toBe('reused');
  });

  it('is of no use when expired or when its session has ended', () => {
    expect(judgeRefresh(aToken({ expired: true }))).toBe('expired');
    expect(judgeRefresh(aToken({ sessionEnded: true }))).toBe('ended');
    expect(judgeRefresh(aToken({ ...justRotated, sessionEnded: true }))).toBe('ended');
  });
});
