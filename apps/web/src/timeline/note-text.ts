import { plural, t } from '@lingui/core/macro';
import type { Note } from '@atrium/client';
import { settingText } from '../messages/setting-text.ts';

type Name = (userId: string) => string;

const roleText = (actor: string, person: string) => ({
  host: t`${actor} made ${person} the host`,
  moderator: t`${actor} made ${person} a moderator`,
  member: t`${actor} made ${person} a member`,
});

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
  if (notes[0]?.type === 'file.added')
    return t`${{ actor: actorName(notes[0], name) }} added ${plural(notes.length, { one: '# file', other: '# files' })}`;
  const people = [...new Set(notes.map((note) => subjectName(note, name)))];
  const listed =
    people.length > 3
      ? t`${{ names: people.slice(0, 2).join(', ') }} and ${plural(people.length - 2, { one: '# others', other: '# others' })}`
      : joined(people);
  return notes[0]?.type === 'member.joined' ? t`${listed} joined` : t`${listed} left`;
}

const joined = (names: string[]): string =>
  names.length < 2 ? names.join('') : t`${{ names: names.slice(0, -1).join(', ') }} and ${{ last: names.at(-1) ?? '' }}`;

const subjectName = (note: Note, name: Name): string =>
  note.type === 'member.joined' ? note.displayName : 'userId' in note ? name(note.userId) : '';

const actorName = (note: Note, name: Name): string => (note.actorId === null ? 'Atrium' : name(note.actorId));

function single(note: Note, name: Name): string {
  const actor = actorName(note, name);
  switch (note.type) {
    case 'member.joined':
      return note.seq === 1 ? t`${{ person: note.displayName }} created the room` : t`${{ person: note.displayName }} joined`;
    case 'member.left':
      return t`${{ person: name(note.userId) }} left`;
    case 'member.kicked':
      return t`${actor} removed ${{ person: name(note.userId) }}${{ because: because(note.reason) }}`;
    case 'member.banned':
      return t`${actor} banned ${{ person: name(note.userId) }}${{ because: because(note.reason) }}`;
    case 'member.unbanned':
      return t`${actor} lifted the ban on ${{ person: name(note.userId) }}`;
    case 'member.muted':
      return note.mutedUntil
        ? t`${actor} muted ${{ person: name(note.userId) }}${{ because: because(note.reason ?? null) }}`
        : t`${actor} unmuted ${{ person: name(note.userId) }}`;
    case 'member.role':
      return roleText(actor, name(note.userId))[note.role];
    case 'host.changed':
      return note.hostId === null ? t`The room has no host` : t`${{ person: name(note.hostId) }} is now the host`;
    case 'room.updated':
      return t`${actor} changed ${{ settings: joined(note.changed.map((field) => settingText(field, note.room))) || t`the settings` }}`;
    case 'bot.toggled':
      return note.enabled ? t`${actor} switched the room bot on` : t`${actor} switched the room bot off`;
    case 'file.added':
      return t`${actor} added ${{ file: note.file.name }}`;
    case 'file.deleted':
      return t`${actor} deleted a file`;
    case 'messages.inspected':
      return note.messageId === undefined
        ? t`${actor}, an admin of this server, read messages of this room${{ because: because(note.reason) }}`
        : t`${actor}, an admin of this server, read a deleted message${{ because: because(note.reason) }}`;
  }
}

const because = (reason: string | null): string => (reason ? `: ${reason}` : '');
