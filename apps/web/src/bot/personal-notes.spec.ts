import type { PersonalNote } from '@atrium/contracts';
import { PersonalNotes } from '../live/personal-notes.ts';

const aNote = (note: Partial<PersonalNote> = {}): PersonalNote => ({
  id: 'n1',
  roomId: 'r1',
  at: '2026-11-26T10:00:00.000Z',
  body: 'words',
  links: [],
  ...note,
});

describe('Notes for oneself', () => {
  it('show an answer in the place of "working", whichever comes first', () => {
    const notes = new PersonalNotes();
    notes.put(aNote({ body: 'Working', working: true }));
    notes.put(aNote({ id: 'n2' }));
    notes.put(aNote({ body: 'Done', at: '2026-11-26T10:00:09.000Z' }));
    notes.put(aNote({ body: 'Working', working: true }));
    expect(notes.snapshot().map(({ id, body, at }) => [id, body, at])).toEqual([
      ['n1', 'Done', '2026-11-26T10:00:00.000Z'],
      ['n2', 'words', '2026-11-26T10:00:00.000Z'],
    ]);
  });

  it('that were put away stay away', () => {
    const notes = new PersonalNotes();
    notes.put(aNote({ working: true }));
    notes.dismiss('n1');
    notes.put(aNote());
    expect(notes.snapshot()).toEqual([]);
  });
});
