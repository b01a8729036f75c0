import { RPCS } from './services.ts';
import { decodeTimeline, encodeTimeline, messageEvents } from './messages/messages.events.ts';
import { Limit, line } from './values.ts';
import { roomEvents } from './rooms/rooms.events.ts';

describe('contracts', () => {
  it('give every call and event a subject of its own, after service and name', () => {
    const subjects = Object.values(RPCS).flatMap((rpcs) => Object.values(rpcs).map((rpc) => rpc.subject));
    expect(new Set(subjects).size).toBe(subjects.length);
    expect(RPCS.messages.markRead.subject).toBe('rpc.messages.markRead');
    expect(roomEvents.memberJoined.subject).toBe('events.rooms.member-joined');
  });

  it('declare what orders events, where they have it', () => {
    expect(roomEvents.memberJoined.key).toBe('roomId');
    expect(messageEvents.attached.key).toBe('roomId');
    expect(messageEvents.canary.key).toBeUndefined();
  });

  it('carry encoded entries behind a header that can be read without them', () => {
    const header = {
      roomId: '01920000-0000-7000-8000-000000000001',
      fromSeq: 4,
      toSeq: 5,
      removed: [{ userId: '01920000-0000-7000-8000-000000000002', seq: 5 }],
    };
    const entries = ['{"seq":4,"body":"line\\nbreak"}', '{"seq":5}'];
    expect(decodeTimeline(encodeTimeline(header, entries))).toEqual({ header, entries: entries.join(',') });
    expect(() => decodeTimeline('{"seq":4}')).toThrow('no header line');
  });

  it('take a limit from 1 to 100 and refuse the rest instead of clamping', () => {
    expect([Limit.parse(undefined), Limit.parse('1'), Limit.parse(100)]).toEqual([50, 1, 100]);
    for (const limit of [0, 101, '1.5', 'ten']) expect(Limit.safeParse(limit).success).toBe(false);
  });

  it('count a line in code points, after trimming', () => {
    expect(line(1, 3).parse('  🙂🙂🙂 ')).toBe('🙂🙂🙂');
    expect(line(1, 3).safeParse('🙂🙂🙂🙂').success).toBe(false);
    expect(line(1, 3).safeParse('   ').success).toBe(false);
  });
});
