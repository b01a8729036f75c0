import { plural, t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { keepDraft, readDraft } from '../writing/drafts.ts';
import styles from './questions.module.css';
import { isComposing } from '../writing/is-composing.ts';

const LONGEST = 1000;

type QuestionFormProps = {
  label: string;
  /** What an answer costs; not known yet while undefined. */
  cost: number | undefined;
  disabled: boolean;
  onAsk: (question: string) => Promise<unknown>;
  draftKey: string;
};

export function QuestionForm({ label, cost, disabled, onAsk, draftKey }: QuestionFormProps) {
  const [text, setText] = useState(() => readDraft(draftKey));
  const write = (next: string): void => {
    setText(next);
    keepDraft(draftKey, next);
  };
  const ask = (event?: FormEvent): void => {
    event?.preventDefault();
    const question = text.trim();
    if (disabled || question === '') return;
    write('');
    // What went wrong is shown above; the question comes back, so that it need not be typed again.
    onAsk(question).catch(() => write(question));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !isComposing(event)) ask(event as unknown as FormEvent);
  };
  return (
    <form className={styles.form} onSubmit={ask}>
      <textarea
        aria-label={label}
        placeholder={`${label}…`}
        rows={2}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {cost !== undefined && text.trim() !== '' && <small>{plural(cost, { one: '# credit', other: '# credits' })}</small>}
      <ActionIcon type="submit" aria-label={t`Ask`} size={36} variant="filled" color="pine" disabled={disabled || text.trim() === ''}>
        <IconSend2 size={18} stroke={1.8} />
      </ActionIcon>
    </form>
  );
}
