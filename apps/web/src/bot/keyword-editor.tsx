import { t } from '@lingui/core/macro';
import { KeywordAnswerInput, type KeywordAnswer } from '@atrium/contracts';
import { Button, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { client } from '../session/client.ts';
import styles from './bot-settings.module.css';

const pauses = () => [
  { value: '0', label: t`Every time` },
  { value: '60', label: t`At most once a minute` },
  { value: '600', label: t`At most once in 10 minutes` },
  { value: '3600', label: t`At most once an hour` },
  { value: '86400', label: t`At most once a day` },
];
const EMPTY = { keyword: '', answer: '', everySeconds: 0, place: 'room' as const };
type Draft = Pick<KeywordAnswer, 'keyword' | 'answer' | 'everySeconds' | 'place'>;

/** What the bot answers by itself in this room, edited by who leads it. */
export function KeywordEditor({ roomId }: { roomId: string }) {
  const [draft, setDraft] = useState<Draft>();
  const { data } = useQuery({ queryKey: ['keywords', roomId], queryFn: () => client.bot.keywords(roomId) });
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['keywords', roomId] });
  const remove = useMutation({
    mutationFn: (keyword: KeywordAnswer) => client.bot.removeKeyword(roomId, keyword.id),
    onSuccess: refresh,
    onError: showError,
  });
  return (
    <section className={styles.section} aria-label={t`Keywords`}>
      <h3>{t`Keywords`}</h3>
      <p className={styles.hint}>{t`The bot answers these when somebody asks it, or the room, about them.`}</p>
      <ul className={styles.list} aria-label={t`Keywords of this room`}>
        {data?.items.map((keyword) => (
          <li key={keyword.id}>
            <div>
              <strong>{keyword.keyword}</strong>
              {keyword.builtIn && <span className={styles.tag}>{t`everywhere`}</span>}
              <p>{keyword.answer}</p>
            </div>
            <Button variant="subtle" size="compact-sm" aria-label={t`Edit ${keyword.keyword}`} onClick={() => setDraft(keyword)}>
              {t`Edit`}
            </Button>
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              aria-label={t`Remove ${keyword.keyword}`}
              onClick={() => remove.mutate(keyword)}
            >
              {t`Remove`}
            </Button>
          </li>
        ))}
      </ul>
      {draft ? (
        <KeywordForm key={draft.keyword} roomId={roomId} initial={draft} onClose={() => setDraft(undefined)} onSaved={refresh} />
      ) : (
        <Button variant="default" onClick={() => setDraft(EMPTY)}>
          {t`Add a keyword`}
        </Button>
      )}
      <KeywordTest roomId={roomId} />
    </section>
  );
}

type KeywordFormProps = { roomId: string; initial: Draft; onClose: () => void; onSaved: () => Promise<void> };

function KeywordForm({ roomId, initial, onClose, onSaved }: KeywordFormProps) {
  const { keyword, answer, everySeconds, place } = initial;
  const [draft, setDraft] = useState<Draft>({ keyword, answer, everySeconds, place });
  const set = <K extends keyof Draft>(field: K, value: Draft[K]): void => setDraft((all) => ({ ...all, [field]: value }));
  const form = useForm(
    async () => {
      await client.bot.putKeyword(roomId, draft);
      await onSaved();
      onClose();
    },
    () => KeywordAnswerInput.safeParse(draft),
  );
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <TextInput
        label={t`Word or phrase`}
        value={draft.keyword}
        readOnly={keyword !== ''}
        onChange={(event) => set('keyword', event.currentTarget.value)}
        error={form.errorOf('keyword')}
      />
      <Textarea
        label={t`Answer`}
        rows={3}
        value={draft.answer}
        onChange={(event) => set('answer', event.currentTarget.value)}
        error={form.errorOf('answer')}
      />
      <NativeSelect
        label={t`How often`}
        value={String(draft.everySeconds)}
        data={pauses()}
        onChange={(event) => set('everySeconds', Number(event.currentTarget.value))}
      />
      <NativeSelect
        label={t`Where`}
        value={draft.place}
        data={[
          { value: 'room', label: t`In the room` },
          { value: 'thread', label: t`In a thread below the question` },
        ]}
        onChange={(event) => set('place', event.currentTarget.value === 'thread' ? 'thread' : 'room')}
      />
      {form.failure && <p role="alert">{form.failure}</p>}
      <div className={styles.buttons}>
        <Button type="submit" loading={form.busy}>
          {t`Save keyword`}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t`Cancel`}
        </Button>
      </div>
    </form>
  );
}

function KeywordTest({ roomId }: { roomId: string }) {
  const [text, setText] = useState('');
  const test = useMutation({ mutationFn: () => client.bot.testKeywords(roomId, text), onError: showError });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        test.mutate();
      }}
    >
      <TextInput
        label={t`Try a message`}
        placeholder={t`What is the wifi?`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={test.isPending} disabled={text.trim() === ''}>
        {t`What would fire?`}
      </Button>
      <p role="status" className={styles.hint}>
        {test.data && (test.data.fires ? t`Answers: ${test.data.fires.answer}` : t`Stays silent. ${test.data.reason}`)}
      </p>
    </form>
  );
}
