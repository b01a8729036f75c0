import { AtriumError } from '@atrium/client';
import type { Message } from '@atrium/contracts';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isComposing } from '../composer/is-composing.ts';
import { client } from '../session/client.ts';
import { editing } from './editing.ts';
import styles from './message-edit.module.css';

/** A message in its place as a field: Enter saves, Esc leaves it as it was. */
export function MessageEdit({ message }: { message: Message }) {
  const [body, setBody] = useState(message.body);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);

  const save = async (): Promise<void> => {
    if (body.trim() === message.body) return editing.end();
    setBusy(true);
    try {
      await client.messages.edit(message.roomId, message.id, { body, ifVersion: message.version });
      editing.end();
    } catch (error) {
      setFailure(AtriumError.from(error).detail);
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      // What is open beside the conversation stays open.
      event.preventDefault();
      event.stopPropagation();
      editing.end();
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save();
    }
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
        aria-label="Edit message"
        className={styles.field}
        rows={Math.min(12, body.split('\n').length)}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {failure && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
      <div className={styles.buttons}>
        <button type="submit" data-primary disabled={busy}>
          Save
        </button>
        <button type="button" onClick={() => editing.end()}>
          Cancel
        </button>
        <span className={styles.hint}>Enter saves, Esc cancels</span>
      </div>
    </form>
  );
}
