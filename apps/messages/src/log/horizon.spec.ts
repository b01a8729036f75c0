import type { FileRecord, Message, TimelineEntry } from '@atrium/contracts';
import { withinHorizon, type Horizon } from './horizon.ts';

const place = { seq: 9, at: '2026-11-22T12:00:00.000Z', actorId: 'ann' };
const horizon: Horizon = { seq: 5, at: new Date('2026-11-22T11:00:00.000Z') };
const pinned = (seq: number) =>
  ({ ...place, type: 'message.pinned', messageId: 'm', message: { id: 'm', seq, body: 'secret' } as Message }) satisfies TimelineEntry;
const edited = (seq: number) => ({ ...pinned(seq), type: 'message.edited' }) as TimelineEntry;
const status = (createdAt: string) =>
  ({
    ...place,
    type: 'file.status',
    fileId: 'f',
    status: 'ready',
    statusReason: null,
    file: { id: 'f', name: 'secret', createdAt } as FileRecord,
  }) satisfies TimelineEntry;

describe('an entry about something from before the horizon', () => {
  it('says that it happened, not to what', () => {
    expect(withinHorizon(pinned(4), horizon)).toEqual({ ...place, type: 'message.pinned', messageId: 'm' });
    expect(withinHorizon(edited(4), horizon)).toEqual({ ...place, type: 'message.edited', messageId: 'm' });
    expect(withinHorizon(status('2026-11-22T10:59:59.999Z'), horizon)).toEqual({
      ...place,
      type: 'file.status',
      fileId: 'f',
      status: 'ready',
      statusReason: null,
    });
  });

  it('is whole when it is about something later, or when nothing is hidden', () => {
    expect(withinHorizon(pinned(5), horizon)).toEqual(pinned(5));
    expect(withinHorizon(status('2026-11-22T11:00:00.000Z'), horizon)).toEqual(status('2026-11-22T11:00:00.000Z'));
    expect(withinHorizon(pinned(4), null)).toEqual(pinned(4));
  });
});
