import { t } from '@lingui/core/macro';
import { statusAt, type User } from '@atrium/contracts';
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { useState } from 'react';
import { useForm } from '../kit/use-form.ts';
import { live } from '../live/live.ts';
import { untilText } from '../time/format.ts';
import { EmojiPicker } from '../reactions/emoji-picker.tsx';
import { client } from '../session/client.ts';
import { session } from '../session/session-store.ts';
import styles from './status-dialog.module.css';
import { endOf, terms, type Term } from './status-terms.ts';

const allProposed = (): readonly { emoji: string; text: string; term: Term }[] => [
  { emoji: '🗓️', text: t`In a meeting`, term: '1h' },
  { emoji: '🎧', text: t`Focusing`, term: '4h' },
  { emoji: '🍽️', text: t`Out for lunch`, term: '1h' },
  { emoji: '🤒', text: t`Out sick`, term: 'today' },
  { emoji: '🌴', text: t`On vacation`, term: 'never' },
];

/** What one is up to, in an emoji and a few words, for as long as it holds. */
export function StatusDialog({ me, onClose }: { me: User; onClose: () => void }) {
  const [present] = useState(() => statusAt(me, Date.now()));
  const { statusUntil } = present;
  const [emoji, setEmoji] = useState(present.statusEmoji ?? '');
  const [text, setText] = useState(present.statusText);
  const [term, setTerm] = useState<Term | 'as_set'>(statusUntil ? 'as_set' : 'never');
  const form = useForm(async () => {
    const end = term === 'as_set' ? statusUntil! : endOf(term, new Date());
    const isNone = emoji === '' && text.trim() === '';
    const user = await client.me.update({ statusEmoji: emoji || null, statusText: text, statusUntil: isNone ? null : end });
    session.update({ statusEmoji: undefined, statusUntil: undefined, ...user });
    live.people.learn([user]);
    onClose();
  });
  const propose = (proposed: ReturnType<typeof allProposed>[number]): void => {
    setEmoji(proposed.emoji);
    setText(proposed.text);
    setTerm(proposed.term);
  };
  return (
    <Modal opened onClose={onClose} title={t`Your status`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form className={styles.form} onSubmit={form.submit} noValidate>
        <div className={styles.proposals} role="group" aria-label={t`Proposals`}>
          {allProposed().map((proposed) => (
            <Button key={proposed.text} size="xs" variant="default" onClick={() => propose(proposed)}>
              {proposed.emoji} {proposed.text}
            </Button>
          ))}
        </div>
        <div className={styles.words}>
          <span className={styles.emoji}>
            <EmojiPicker label={t`Emoji of the status`} caption={t`Pick an emoji`} startsOpen={false} onPick={setEmoji}>
              {emoji || <IconMoodSmile size={20} stroke={1.7} aria-hidden />}
            </EmojiPicker>
          </span>
          <TextInput
            label={t`What are you up to?`}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={form.errorOf('statusText')}
            className={styles.text}
            data-autofocus
          />
        </div>
        <NativeSelect
          label={t`Clear it`}
          value={term}
          onChange={(event) => setTerm(event.currentTarget.value as Term)}
          data={[...(statusUntil ? [{ value: 'as_set', label: t`At ${untilText(statusUntil, new Date())}, as set` }] : []), ...terms()]}
          error={form.errorOf('statusUntil')}
        />
        {(form.failure ?? form.errorOf('statusEmoji')) && (
          <p className={styles.failure} role="alert">
            {form.failure ?? form.errorOf('statusEmoji')}
          </p>
        )}
        <div className={styles.buttons}>
          {(emoji || text) && (
            <Button
              variant="default"
              onClick={() => {
                setEmoji('');
                setText('');
              }}
            >
              {t`Clear`}
            </Button>
          )}
          <Button type="submit" loading={form.busy}>
            {t`Save status`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
