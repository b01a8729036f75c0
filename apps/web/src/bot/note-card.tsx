import { t } from '@lingui/core/macro';
import type { NoteButton, PersonalNote } from '@atrium/contracts';
import { IconEyeOff, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Fragment, useMemo, useState, useSyncExternalStore } from 'react';
import { copyText } from '../kit/clipboard.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { live } from '../live/live.ts';
import { MessageText } from '../messages/message-body.tsx';
import { runCommand } from './run-command.ts';
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
      <article className={styles.note} aria-label={t`Note for you alone`} aria-busy={note.working || undefined}>
        <header className={styles.head}>
          <IconEyeOff size={14} stroke={1.8} aria-hidden />
          <span>{t`Only you see this`}</span>
          {note.command && <code>{note.command}</code>}
          <button type="button" aria-label={t`Dismiss note`} onClick={dismiss}>
            <IconX size={14} stroke={1.8} />
          </button>
        </header>
        <MessageText text={note.body} isNamed={NOBODY} />
        {note.links.length > 0 && (
          <nav className={styles.links} aria-label={t`Links of this note`}>
            {note.links.map(({ label, href, shareable }) => (
              <Fragment key={href}>
                <Link to={href}>{label}</Link>
                {shareable && (
                  <button type="button" onClick={() => copyLink(href)}>
                    {t`Copy`}
                  </button>
                )}
              </Fragment>
            ))}
          </nav>
        )}
        {note.buttons && note.buttons.length > 0 && (
          <div className={styles.buttons} role="group" aria-label={t`What you can do`}>
            {note.buttons.map((button) => (
              <CommandButton key={button.command} note={note} {...button} />
            ))}
          </div>
        )}
      </article>
    </div>
  );
}

/** Runs a command once; it may be tried again when it was refused. */
function CommandButton({ note, label, command }: { note: PersonalNote } & NoteButton) {
  const [isPressed, setPressed] = useState(false);
  const press = async (): Promise<void> => {
    setPressed(true);
    const fault = await runCommand(note.roomId, command, note.parentId);
    if (fault === undefined) return;
    setPressed(false);
    showToast(fault);
  };
  return (
    <button type="button" title={command} disabled={isPressed} onClick={() => void press()}>
      {label}
    </button>
  );
}

function copyLink(href: string): void {
  copyText(new URL(href, window.location.origin).href).then(() => showToast(t`Link copied.`), showError);
}

/** What was said to this user alone in a room, or in one of its threads. */
export function usePersonalNotes(roomId: string, parentId: string | undefined): readonly PersonalNote[] {
  const notes = useSyncExternalStore(live.notes.subscribe, live.notes.snapshot);
  return useMemo(() => notes.filter((note) => note.roomId === roomId && note.parentId === parentId), [notes, roomId, parentId]);
}
