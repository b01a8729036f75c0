import type { Note } from '@atrium/client';
import { BOT_USER_ID, type Message } from '@atrium/contracts';
import { type RowInput, buildRows } from './rows.ts';

const at = (minute: number, day = 2): string => new Date(2026, 0, day, 12, minute).toISOString();
const aMessage = (seq: number, parts: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  roomId: 'r',
  seq,
  authorId: 'ben',
  kind: 'text',
  body: `${seq}`,
  mentions: { userIds: [], room: false, here: false, moderators: false },
  replyCount: 0,
  files: [],
  reactions: [],
  version: 1,
  createdAt: at(seq),
  ...parts,
});
const aJoin = (seq: number): Note => ({
  seq,
  at: at(seq),
  actorId: 'cy',
  type: 'member.joined',
  userId: 'cy',
  username: 'cy',
  displayName: 'Cy',
  role: 'member',
});
const rowsOf = (parts: Partial<RowInput>) =>
  buildRows({ messages: [], notes: [], outgoing: [], readTo: undefined, myId: 'ann', fromStart: false, ...parts });
/** The kinds of rows of a conversation that is shown from its start, without that start. */
const kinds = (parts: Partial<RowInput>) =>
  rowsOf({ fromStart: true, ...parts })
    .slice(1)
    .map((row) => row.kind);

describe('a conversation, row by row,', () => {
  it('opens each day with a line', () => {
    const messages = [aMessage(1, { createdAt: at(1, 1) }), aMessage(2, { createdAt: at(1, 2) }), aMessage(3, { createdAt: at(2, 2) })];
    expect(kinds({ messages })).toEqual(['day', 'message', 'day', 'message', 'message']);
  });

  it('does not say of a conversation of a few who made it and who came', () => {
    expect(kinds({ notes: [aJoin(1)], messages: [aMessage(2)] })).toEqual(['day', 'notes', 'message']);
    expect(kinds({ notes: [aJoin(1)], messages: [aMessage(2)], isDirect: true })).toEqual(['day', 'message']);
  });

  it('lets an author follow on for five minutes', () => {
    const messages = [aMessage(1), aMessage(2), aMessage(3, { authorId: 'cy' }), aMessage(4), aMessage(10)];
    expect(rowsOf({ messages }).flatMap((row) => (row.kind === 'message' ? [row.head] : []))).toEqual([true, false, true, true, true]);
  });

  it('draws the line before the first message of someone else that was not read', () => {
    const messages = [aMessage(1), aMessage(2, { authorId: 'ann' }), aMessage(3), aMessage(4)];
    expect(kinds({ messages, readTo: 1 })).toEqual(['day', 'message', 'message', 'unread', 'message', 'message']);
    expect(kinds({ messages, readTo: 4 })).not.toContain('unread');
  });

  it('parts programs that post by webhooks from each other and from the bot, and keeps what one says in a row together', () => {
    const bot = { authorId: BOT_USER_ID, kind: 'bot' as const };
    const post = (seq: number, sender: string) => aMessage(seq, { ...bot, clientId: `hook:${seq}`, body: `**${sender}**\n\nx` });
    const messages = [aMessage(1, bot), post(2, 'Grafana'), post(3, 'Grafana'), post(4, 'Jenkins')];
    expect(rowsOf({ messages }).map((row) => row.kind === 'message' && row.head)).toEqual([true, true, false, true]);
  });

  it('folds what happened in a row into one', () => {
    expect(kinds({ messages: [aMessage(1), aMessage(4)], notes: [aJoin(2), aJoin(3)] })).toEqual(['day', 'message', 'notes', 'message']);
  });

  it('puts what was said to oneself alone behind what was said, and what happened, before it', () => {
    const aWord = (minute: number) => ({ id: `n${minute}`, roomId: 'r', at: at(minute), body: '', links: [] });
    const parts = { messages: [aMessage(2)], notes: [aJoin(1), aJoin(4)], personal: [aWord(3), aWord(5)] };
    expect(kinds(parts)).toEqual(['day', 'notes', 'message', 'personal', 'notes', 'personal']);
    expect(kinds({ notes: [aJoin(1)], personal: [aWord(2)] })).toEqual(['day', 'notes', 'personal']);
  });

  it('leaves out the note of a file that a message shows', () => {
    const file = { id: 'f', name: 'a.pdf', contentType: 'application/pdf', size: 1, status: 'ready' };
    const note = { seq: 1, at: at(1), actorId: 'ben', type: 'file.added', file: { ...file } } as unknown as Note;
    expect(kinds({ messages: [aMessage(2, { files: [file] })], notes: [note] })).toEqual(['day', 'message']);
  });

  it('puts what is on its way at the end, under its author', () => {
    const item = { clientId: 'c', roomId: 'r', body: 'hi', files: [], createdAt: at(3), state: 'pending' as const };
    const rows = rowsOf({ messages: [aMessage(2, { authorId: 'ann' })], outgoing: [item, { ...item, clientId: 'd' }] });
    expect(rows.slice(-2)).toMatchObject([
      { kind: 'outgoing', head: false },
      { kind: 'outgoing', head: false },
    ]);
  });

  it('begins with what the room is when nothing came before', () => {
    expect(rowsOf({ fromStart: true })).toEqual([{ kind: 'start', key: 'start' }]);
  });

  it('claims no day for the first row while more may come before it', () => {
    const messages = [aMessage(1, { createdAt: at(1, 1) }), aMessage(2, { createdAt: at(1, 2) })];
    expect(rowsOf({ messages }).map((row) => row.kind)).toEqual(['message', 'day', 'message']);
  });
});
