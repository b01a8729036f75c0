import type { PersonalNote } from '@atrium/contracts';
import { IconEyeOff, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { live } from '../live/live.ts';
import { MessageText } from '../timeline/message-body.tsx';
import { putAwayReminder } from './told-reminders.ts';
import styles from './note-card.module.css';

const NOBODY = (): boolean => false;

/** An answer that nobody else sees, where it was asked for. */
export function NoteCard({ note }: { note: PersonalNote }) {
  const dismiss = (): void => {
    live.notes.dismiss(note.id);
    putAwayReminder(note);
  };
  return (
    <div className={styles.place}>
      <article className={styles.note} aria-label="Note for you alone" aria-busy={note.working || undefined}>
        <header className={styles.head}>
          <IconEyeOff size={14} stroke={1.8} aria-hidden />
          <span>Only you see this</span>
          {note.command && <code>{note.command}</code>}
          <button type="button" aria-label="Dismiss note" onClick={dismiss}>
            <IconX size={14} stroke={1.8} />
          </button>
        </header>
        <MessageText text={note.body} isNamed={NOBODY} />
        {note.links.length > 0 && (
          <nav className={styles.links} aria-label="Links of this note">
            {note.links.map(({ label, href }) => (
              <Link key={href} to={href}>
                {label}
              </Link>
            ))}
          </nav>
        )}
      </article>
    </div>
  );
}
