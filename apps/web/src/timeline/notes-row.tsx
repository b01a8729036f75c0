import { t } from '@lingui/core/macro';
import type { Note } from '@atrium/client';
import { useState } from 'react';
import { Link } from 'react-router';
import { linkToDocument } from '../attachments/citation-place.ts';
import { useNames } from '../live/use-live.ts';
import { exactTime } from '../time/format.ts';
import { noteTexts } from './note-text.ts';
import styles from './notes-row.module.css';

const SHOWN = 2;

/** What happened beside the conversation: one quiet line, more on demand. */
export function NotesRow({ notes, roomId }: { notes: readonly Note[]; roomId: string }) {
  const name = useNames();
  const [open, setOpen] = useState(false);
  const texts = noteTexts(notes, name);
  const shown = open ? texts : texts.slice(-SHOWN);
  const only = notes.length === 1 ? notes[0] : undefined;
  const offers = texts.length > SHOWN || only?.type === 'file.added';
  return (
    <div className={styles.notes} {...(offers && { tabIndex: -1, 'data-offers': '' })} title={exactTime(notes.at(-1)?.at ?? '')}>
      {texts.length > SHOWN && (
        <button type="button" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? t`Show less` : t`${texts.length - SHOWN} earlier`}
        </button>
      )}
      {open ? (
        <ul>
          {shown.map((text, index) => (
            <li key={index}>{text}</li>
          ))}
        </ul>
      ) : only?.type === 'file.added' ? (
        <Link to={linkToDocument(roomId, { fileId: only.file.id })}>{shown[0]}</Link>
      ) : (
        <span>{shown.join(' · ')}</span>
      )}
    </div>
  );
}
