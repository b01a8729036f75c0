import type { Note, OutboxItem } from '@atrium/client';
import { webhookPostOf, type Message, type PersonalNote } from '@atrium/contracts';
import { dayKey } from '../time/format.ts';

export type Row =
  | { kind: 'start'; key: string }
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  /** `head` rows show who speaks; the others follow closely. */
  | { kind: 'message'; key: string; message: Message; head: boolean }
  | { kind: 'notes'; key: string; notes: Note[] }
  | { kind: 'personal'; key: string; note: PersonalNote }
  | { kind: 'outgoing'; key: string; item: OutboxItem; head: boolean };

export type RowInput = {
  messages: readonly Message[];
  notes: readonly Note[];
  /** Words for this user alone, where they were said. */
  personal?: readonly PersonalNote[];
  outgoing: readonly OutboxItem[];
  /** The line stands before the first message above this seq that someone else wrote. */
  readTo: number | undefined;
  myId: string;
  /** A conversation of a few: how it came about goes without saying. */
  isDirect?: boolean;
  /** Whether nothing came before: the conversation begins with what the room is. */
  fromStart: boolean;
};

/** Later than this, the same author introduces themselves again. */
const GROUP_MS = 5 * 60_000;

type Event = { seq: number; at: string } & ({ message: Message } | { note: Note } | { personal: PersonalNote });

/** Lays a conversation out: days, groups by author, folded notes, the line before what is new. */
export function buildRows({ messages, notes, personal = [], outgoing, readTo, myId, isDirect, fromStart }: RowInput): Row[] {
  const rows: Row[] = fromStart ? [{ kind: 'start', key: 'start' }] : [];
  let day = '';
  let lineDrawn = false;
  const openDay = (at: string): void => {
    const key = dayKey(at);
    if (key === day) return;
    // Whether the first row begins a day is known only with what comes before it.
    const isKnown = day !== '' || fromStart;
    day = key;
    if (isKnown) rows.push({ kind: 'day', key: `day-${key}`, at });
  };
  const told = withoutShownFiles(isDirect ? notes.filter(({ type }) => type !== 'member.joined') : notes, messages);
  for (const event of merge(messages, told, personal)) {
    openDay(event.at);
    if ('personal' in event) {
      rows.push({ kind: 'personal', key: `personal-${event.personal.id}`, note: event.personal });
      continue;
    }
    if ('note' in event) {
      const last = rows.at(-1);
      if (last?.kind === 'notes') last.notes.push(event.note);
      else rows.push({ kind: 'notes', key: `notes-${event.seq}`, notes: [event.note] });
      continue;
    }
    const { message } = event;
    if (!lineDrawn && readTo !== undefined && message.seq > readTo && message.authorId !== myId) {
      lineDrawn = true;
      rows.push({ kind: 'unread', key: 'unread' });
    }
    rows.push({ kind: 'message', key: message.id, message, head: !follows(rows.at(-1), speakerOf(message), message.createdAt) });
  }
  for (const item of outgoing) {
    openDay(item.createdAt);
    rows.push({ kind: 'outgoing', key: `out-${item.clientId}`, item, head: !follows(rows.at(-1), myId, item.createdAt, myId) });
  }
  return rows;
}

/** Who is seen to speak: programs that post by webhooks are parted by their names. */
export const speakerOf = (message: Message): string => webhookPostOf(message)?.sender ?? message.authorId;

function follows(last: Row | undefined, speaker: string, at: string, myId?: string): boolean {
  if (last?.kind === 'outgoing') return speaker === myId;
  if (last?.kind !== 'message') return false;
  const { message } = last;
  return speakerOf(message) === speaker && !message.deletedAt && Date.parse(at) - Date.parse(message.createdAt) < GROUP_MS;
}

function merge(messages: readonly Message[], notes: readonly Note[], personal: readonly PersonalNote[]): Event[] {
  const placeOf = ({ at }: PersonalNote): number =>
    Math.max(messages.findLast((one) => one.createdAt <= at)?.seq ?? 0, notes.findLast((one) => one.at <= at)?.seq ?? 0);
  const events: Event[] = [
    ...messages.map((message) => ({ seq: message.seq, at: message.createdAt, message })),
    ...notes.map((note) => ({ seq: note.seq, at: note.at, note })),
    // It has no place in the log: it stands behind what was said, or happened, before it.
    ...personal.map((note) => ({ seq: placeOf(note) + 0.5, at: note.at, personal: note })),
  ];
  return notes.length === 0 && personal.length === 0 ? events : events.sort((a, b) => a.seq - b.seq);
}

/** A file that a message shows needs no line of its own. */
function withoutShownFiles(notes: readonly Note[], messages: readonly Message[]): Note[] {
  const shown = new Set(messages.flatMap((message) => message.files.map((file) => file.id)));
  return notes.filter((note) => note.type !== 'file.added' || !shown.has(note.file.id));
}

/** The row to keep still while things load around it. */
export const indexOfMessage = (rows: readonly Row[], messageId: string): number =>
  rows.findIndex((row) => row.kind === 'message' && row.message.id === messageId);
