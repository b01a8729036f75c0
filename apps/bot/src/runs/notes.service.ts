import { Signals } from '@atrium/bus';
import { botSignals, type PersonalNote } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';

/** Words for one person, on all of their devices. */
@Injectable()
export class NotesService {
  constructor(private readonly signals: Signals) {}

  tell(userId: string, note: Omit<PersonalNote, 'at' | 'links'> & Partial<Pick<PersonalNote, 'links'>>): PersonalNote {
    const told: PersonalNote = { ...note, at: new Date().toISOString(), links: note.links ?? [] };
    this.signals.send(botSignals.note, { userId, note: told });
    return told;
  }
}
