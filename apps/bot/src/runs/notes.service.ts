import { Signals } from '@atrium/bus';
import { botSignals, type PersonalNote } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { Languages } from '../words/languages.ts';

type Note = Omit<PersonalNote, 'at' | 'links'> & Partial<Pick<PersonalNote, 'links'>>;

/** Words for one person, on all of their devices. */
@Injectable()
export class NotesService {
  constructor(
    private readonly signals: Signals,
    private readonly languages: Languages,
  ) {}

  tell(userId: string, note: Note): PersonalNote {
    const told: PersonalNote = { ...note, at: new Date().toISOString(), links: note.links ?? [] };
    this.signals.send(botSignals.note, { userId, note: told });
    return told;
  }

  /** The same where nothing says in which language its words are asked for: in the one that the person chose. */
  tellInTheirs(userId: string, write: () => Note | Promise<Note>): Promise<PersonalNote> {
    return this.languages.speakTo(userId, {}, async () => this.tell(userId, await write()));
  }
}
