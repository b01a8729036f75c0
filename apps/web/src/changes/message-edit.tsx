import { t } from '@lingui/core/macro';
import type { Message } from '@atrium/contracts';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isComposing } from '../writing/is-composing.ts';
import { withEmoji } from '../writing/written-emoji.ts';
import { writingKeys } from '../writing/writing-keys.ts';
import { returnFocus } from '../kit/focus.ts';
import { client } from '../session/client.ts';
import { editing } from './editing.ts';
import styles from './message-edit.module.css';
import { problemText } from '../language/problem-text.ts';

/** A message in its place as a field: Enter saves, Esc leaves it as it was. */
export function MessageEdit({ message }: { message: Message }) {
  const [body, setBody] = useState(message.body);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  // Asked while drawing: the field has the focus once it is drawn.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
    element?.scrollIntoView({ block: 'nearest' });
  }, []);
  const close = (): void => {
    editing.end();
    // Whoever came from the composer goes on writing; a menu is gone by then, the message is not.
    const isField = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
    returnFocus(isField ? opener : document.querySelector(`[data-message-id="${message.id}"]`));
  };

  const save = async (): Promise<void> => {
    if (body.trim() === message.body) return close();
    setBusy(true);
    try {
      const { EMOJI } = await import('../writing/emoji.ts');
      await client.messages.edit(message.roomId, message.id, { body: withEmoji(body, EMOJI), ifVersion: message.version });
      close();
    } catch (error) {
      setFailure(problemText(error));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      // What is open beside the conversation stays open.
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save();
    } else if (writingKeys.onKeyDown(event)) event.preventDefault();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={field}
        aria-label={t`Edit message`}
        className={styles.field}
        rows={Math.min(12, body.split('\n').length)}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => writingKeys.onPaste(event) && event.preventDefault()}
      />
      {failure && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
      <div className={styles.buttons}>
        <button type="submit" data-primary disabled={busy}>
          {t`Save`}
        </button>
        <button type="button" onClick={close}>
          {t`Cancel`}
        </button>
        <span className={styles.hint}>{t`Enter saves, Esc cancels`}</span>
      </div>
    </form>
  );
}
