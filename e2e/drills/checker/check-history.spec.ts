import type { History, Stored } from '../history.ts';
import { checkHistory } from './check-history.ts';
import { plants } from './plants.ts';

/** Ann and Ben talk in one room; Eve comes, is kicked, and sees nothing of what follows. */
function aSoundRecord(): { history: History; stored: Stored } {
  const said = (seq: number, authorId: string) => ({
    ...{ roomId: 'r', seq, type: 'message.created', messageId: `m${seq}`, clientId: `c${seq}`, authorId, userId: null },
  });
  const told = (seq: number, type: string, userId: string) => ({
    roomId: 'r',
    seq,
    type,
    messageId: null,
    clientId: null,
    authorId: null,
    userId,
  });
  const entries = [
    told(1, 'member.joined', 'ann'),
    told(2, 'member.joined', 'ben'),
    said(3, 'ann'),
    told(4, 'member.joined', 'eve'),
    said(5, 'eve'),
    told(6, 'member.kicked', 'eve'),
    said(7, 'ann'),
    said(8, 'ben'),
  ];
  const shown = (userId: string, from: number, to: number) => ({
    ...{ userId, roomId: 'r', from },
    entries: entries
      .slice(from - 1, to)
      .map(({ seq, type, messageId }) => ({ seq, type, at: seq, ...(messageId !== null && { messageId }) })),
  });
  const sent = entries.flatMap((entry, place) =>
    'authorId' in entry && entry.clientId && entry.authorId
      ? [
          {
            ...{ clientId: entry.clientId, roomId: 'r', userId: entry.authorId, place, sentAt: place },
            acknowledged: { at: place, seq: entry.seq, messageId: entry.messageId! },
          },
        ]
      : [],
  );
  return {
    history: {
      rooms: ['r'],
      people: ['ann', 'ben', 'eve'],
      sends: sent,
      views: [shown('ann', 2, 8), shown('ben', 3, 8), shown('eve', 5, 6)],
      changes: [
        { kind: 'joined', roomId: 'r', userId: 'eve', at: 4 },
        { kind: 'kicked', roomId: 'r', userId: 'eve', at: 6 },
      ],
      uploads: [{ fileId: 'f', roomId: 'r', at: 5, status: 'ready' }],
      asked: [{ userId: 'ann', answerId: 'a', cost: 1 }],
      failures: [],
      resets: [],
    },
    stored: {
      entries,
      members: [
        { roomId: 'r', userId: 'ann' },
        { roomId: 'r', userId: 'ben' },
      ],
      files: [{ id: 'f', status: 'ready', copied: 'ready', told: 'ready' }],
      credits: [{ userId: 'ann', balance: 99, spent: 1 }],
    },
  };
}

const checksAfter = (change: (history: History, stored: Stored) => void): string[] => {
  const { history, stored } = aSoundRecord();
  change(history, stored);
  return checkHistory(history, stored).map(({ check }) => check);
};

describe('the checker of a drill', () => {
  it('finds nothing in a sound record', () => {
    expect(checksAfter(() => undefined)).toEqual([]);
  });

  it('takes it that somebody who was put out is not told of a message that stands from before', () => {
    const refuse = (refused: string, seq: number) =>
      checksAfter(({ sends }, { entries }) => {
        Object.assign(entries[seq - 1]!, { authorId: 'eve', clientId: 'lost' });
        const first = sends.findIndex(({ acknowledged }) => acknowledged?.seq === seq);
        sends[first] = { ...sends[first]!, clientId: 'lost', userId: 'eve', acknowledged: undefined!, refused };
      });
    expect(refuse('not_a_member', 5)).not.toContain('refused-not-stored');
    expect(refuse('muted', 5)).toContain('refused-not-stored');
    expect(refuse('not_a_member', 7)).toContain('refused-not-stored');
  });

  it.each(plants.map((plant) => [plant.name, plant] as const))('sees %s', (_name, { expects, plant }) => {
    expect(checksAfter(plant)).toContain(expects);
  });

  it.each<[what: string, check: string, change: (history: History, stored: Stored) => void]>([
    ['a receipt with a wrong number', 'acknowledged-truly', ({ sends }) => (sends[0]!.acknowledged!.seq = 4)],
    ['a message without an end', 'every-send-ends', ({ sends }) => delete sends[0]!.acknowledged],
    [
      'a refused message that was stored',
      'refused-not-stored',
      ({ sends }) => (sends[0] = { ...sends[0]!, acknowledged: undefined!, refused: 'muted' }),
    ],
    [
      'a message that was stored and refused to somebody who stayed',
      'refused-not-stored',
      ({ sends }) => (sends[0] = { ...sends[0]!, acknowledged: undefined!, refused: 'not_a_member' }),
    ],
    ['a hole in a log', 'log-unbroken', (_history, stored) => stored.entries.splice(2, 1)],
    ['a list with a hole', 'lists-unbroken', ({ views }) => views[0]!.entries.splice(3, 1)],
    ['a list that says something else', 'lists-true', ({ views }) => (views[0]!.entries[1]!.messageId = 'another')],
    ['a member who was shown nothing', 'lists-equal', ({ views }) => views.shift()],
    ['a kicked member who is in', 'members-as-confirmed', (_history, stored) => stored.members.push({ roomId: 'r', userId: 'eve' })],
    ['a kicked member who writes', 'removed-say-nothing', (_history, stored) => (stored.entries[6]!.authorId = 'eve')],
    ['a removal that nobody was told', 'removals-told', (_history, stored) => (stored.entries[5]!.userId = 'ben')],
    ['an upload that is gone', 'uploads-kept', (_history, stored) => stored.files.pop()],
    ['a status that differs', 'files-equal', (_history, stored) => (stored.files[0]!.told = 'queued')],
    [
      'a file without an end',
      'files-end',
      ({ uploads }, stored) => {
        uploads[0]!.status = 'queued';
        Object.assign(stored.files[0]!, { status: 'queued', copied: 'queued', told: 'queued' });
      },
    ],
    ['a balance that is wrong', 'credits-sum', (_history, stored) => (stored.credits[0]!.balance = 100)],
    [
      'an answer that was paid twice',
      'credits-for-answers',
      (_history, stored) => Object.assign(stored.credits[0]!, { balance: 98, spent: 2 }),
    ],
    ['what was given up', 'nothing-given-up', ({ failures }) => failures.push('joining: timeout')],
  ])('sees %s', (_what, check, change) => {
    expect(checksAfter(change)).toContain(check);
  });
});
