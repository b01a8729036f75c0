import type { Note } from '@atrium/client';
import { settingText } from './setting-text.ts';

type Name = (userId: string) => string;

const ROLE_TEXT = { host: 'the host', moderator: 'a moderator', member: 'a member' } as const;
/** What happened, as one sentence per kind of event; people who did the same are named together. */
export function noteTexts(notes: readonly Note[], name: Name): string[] {
  const texts: string[] = [];
  for (let index = 0; index < notes.length;) {
    const note = notes[index] as Note;
    let end = index + 1;
    while (end < notes.length && isAlike(note, notes[end] as Note)) end += 1;
    const alike = notes.slice(index, end);
    texts.push(alike.length > 1 ? together(alike, name) : single(note, name));
    index = end;
  }
  return texts;
}

const isAlike = (a: Note, b: Note): boolean =>
  a.type === b.type && a.seq !== 1 && (isCrowd(a) || (a.type === 'file.added' && a.actorId === b.actorId));
const isCrowd = ({ type }: Note): boolean => type === 'member.joined' || type === 'member.left';

function together(notes: readonly Note[], name: Name): string {
  if (notes[0]?.type === 'file.added') return `${actorName(notes[0], name)} added ${notes.length} files`;
  const people = [...new Set(notes.map((note) => subjectName(note, name)))];
  const listed = people.length > 3 ? `${people.slice(0, 2).join(', ')} and ${people.length - 2} others` : joined(people);
  return `${listed} ${notes[0]?.type === 'member.joined' ? 'joined' : 'left'}`;
}

const joined = (names: string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

const subjectName = (note: Note, name: Name): string =>
  note.type === 'member.joined' ? note.displayName : 'userId' in note ? name(note.userId) : '';

const actorName = (note: Note, name: Name): string => (note.actorId === null ? 'Atrium' : name(note.actorId));

function single(note: Note, name: Name): string {
  const actor = actorName(note, name);
  switch (note.type) {
    case 'member.joined':
      return note.seq === 1 ? `${note.displayName} created the room` : `${note.displayName} joined`;
    case 'member.left':
      return `${name(note.userId)} left`;
    case 'member.kicked':
      return `${actor} removed ${name(note.userId)}${because(note.reason)}`;
    case 'member.banned':
      return `${actor} banned ${name(note.userId)}${because(note.reason)}`;
    case 'member.unbanned':
      return `${actor} lifted the ban on ${name(note.userId)}`;
    case 'member.muted':
      return note.mutedUntil
        ? `${actor} muted ${name(note.userId)}${because(note.reason ?? null)}`
        : `${actor} unmuted ${name(note.userId)}`;
    case 'member.role':
      return `${actor} made ${name(note.userId)} ${ROLE_TEXT[note.role]}`;
    case 'host.changed':
      return note.hostId === null ? 'The room has no host' : `${name(note.hostId)} is now the host`;
    case 'room.updated':
      return `${actor} changed ${joined(note.changed.map((field) => settingText(field, note.room))) || 'the settings'}`;
    case 'bot.toggled':
      return `${actor} switched the room bot ${note.enabled ? 'on' : 'off'}`;
    case 'file.added':
      return `${actor} added ${note.file.name}`;
    case 'file.deleted':
      return `${actor} deleted a file`;
    case 'messages.inspected':
      return note.messageId === undefined
        ? `${actor}, an admin of this server, read messages of this room${because(note.reason)}`
        : `${actor}, an admin of this server, read a deleted message${because(note.reason)}`;
  }
}

const because = (reason: string | null): string => (reason ? `: ${reason}` : '');
