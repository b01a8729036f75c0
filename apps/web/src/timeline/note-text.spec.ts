import type { Note } from '@atrium/client';
import { noteTexts } from './note-text.ts';

const names: Record<string, string> = { ann: 'Ann', ben: 'Ben' };
const name = (id: string): string => names[id] ?? 'Someone';
const base = { at: '2026-01-01T00:00:00.000Z', actorId: 'ann' };
const aJoin = (seq: number, displayName: string): Note => ({
  ...base,
  seq,
  type: 'member.joined',
  userId: displayName,
  username: 'x',
  displayName,
  role: 'member',
});

describe('the words for what happened in a room', () => {
  it('name people together who did the same', () => {
    expect(noteTexts([aJoin(2, 'Ben'), aJoin(3, 'Cy')], name)).toEqual(['Ben and Cy joined']);
    expect(
      noteTexts(
        ['B', 'C', 'D', 'E'].map((who, index) => aJoin(index + 2, who)),
        name,
      ),
    ).toEqual(['B, C and 2 others joined']);
  });

  it('call the first entry the room’s creation', () => {
    expect(noteTexts([aJoin(1, 'Ann'), aJoin(2, 'Ben')], name)).toEqual(['Ann created the room', 'Ben joined']);
  });

  it('count the files that one person added in a row', () => {
    const added = (seq: number, actorId: string): Note =>
      ({ ...base, seq, actorId, type: 'file.added', file: { id: `f${seq}`, name: `${seq}.txt` } }) as Note;
    expect(noteTexts([added(2, 'ann'), added(3, 'ann'), added(4, 'ben')], name)).toEqual(['Ann added 2 files', 'Ben added 4.txt']);
  });

  it('quote a new topic and a new name', () => {
    const changed = (fields: string[], room: Record<string, unknown>): Note => ({
      ...base,
      seq: 2,
      type: 'room.updated',
      changed: fields,
      room,
    });
    expect(noteTexts([changed(['topic'], { topic: 'Boilers' })], name)).toEqual(['Ann changed the topic to “Boilers”']);
    expect(noteTexts([changed(['name', 'locked'], { name: 'Roof', locked: true })], name)).toEqual([
      'Ann changed the name to “Roof” and the lock (on)',
    ]);
    expect(noteTexts([changed(['topic'], { topic: '' })], name)).toEqual(['Ann changed the topic']);
  });

  it('say who did what to whom, and why', () => {
    const notes: Note[] = [
      { ...base, seq: 2, type: 'member.kicked', userId: 'ben', reason: 'spam' },
      { ...base, seq: 3, type: 'member.role', userId: 'ben', role: 'moderator' },
      { ...base, seq: 4, type: 'host.changed', previousHostId: 'ann', hostId: 'ben' },
      { ...base, seq: 5, type: 'room.updated', changed: ['topic', 'locked'], room: {} },
      { ...base, seq: 6, type: 'bot.toggled', enabled: false },
    ];
    expect(noteTexts(notes, name)).toEqual([
      'Ann removed Ben: spam',
      'Ann made Ben a moderator',
      'Ben is now the host',
      'Ann changed the topic and the lock',
      'Ann switched the room bot off',
    ]);
  });
});
