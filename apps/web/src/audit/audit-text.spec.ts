import type { RoomAuditEntry } from '@atrium/contracts';
import { auditText } from './audit-text.ts';

const person = (displayName: string) => ({ id: displayName, username: displayName.toLowerCase(), displayName, avatarUrl: null });
const entry = (parts: Partial<RoomAuditEntry>) =>
  ({ action: 'member.kicked', actor: person('Ann'), target: person('Ben'), details: {}, ...parts }) as RoomAuditEntry;

describe('the audit log of a room', () => {
  it.each([
    [{}, 'Ann removed Ben'],
    [{ action: 'room.updated', details: { changed: ['slowModeSeconds', 'topic'] } }, 'Ann changed slow mode, the topic'],
    [
      {
        action: 'room.updated',
        details: { changed: ['slowModeSeconds', 'whoCanPost', 'password'], to: { slowModeSeconds: 30, whoCanPost: 'moderators' } },
      },
      'Ann changed slow mode (one message in 30 seconds), who writes (the host and moderators), the password',
    ],
    [
      { action: 'room.updated', details: { changed: ['slowModeSeconds', 'locked'], to: { slowModeSeconds: 0, locked: true } } },
      'Ann changed slow mode (off), the lock (on)',
    ],
    [{ action: 'host.acting', actor: null }, 'Ben began to act for the host'],
    [{ action: 'hand.lowered', target: null, details: { hands: 3 } }, 'Ann lowered all hands'],
    [{ action: 'member.joined', details: { invite: 'x7Kq2a' } }, 'Ann joined by invite x7Kq2a…'],
    [{ action: 'file.shredded' }, 'Ann: file.shredded, Ben'],
  ])('tells %j in a sentence: %s', (parts, sentence) => expect(auditText(entry(parts))).toBe(sentence));
});
