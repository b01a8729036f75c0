import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { Webhook } from '@atrium/contracts';
import { Button, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import { AskedFirst } from './asked-first.tsx';
import styles from './bot-settings.module.css';
import { NewOutgoingWebhook, OutgoingWebhookRow } from './outgoing-webhook-editor.tsx';
import { ShownOnce } from './shown-once.tsx';

const REFRESH_MS = 5_000;

/** Addresses to which other programs post, and those that are told what happens here, managed by who leads the room. */
export function WebhookEditor({ roomId }: { roomId: string }) {
  // What they were last used for changes while one looks on.
  const { data } = useQuery({ queryKey: ['webhooks', roomId], queryFn: () => client.bot.webhooks(roomId), refetchInterval: REFRESH_MS });
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['webhooks', roomId] });
  const ofKind = (kind: Webhook['kind']) => data?.items.filter((webhook) => webhook.kind === kind);
  return (
    <section className={styles.section} aria-label={t`Webhooks`}>
      <h3>{t`Incoming webhooks`}</h3>
      <p className={styles.hint}>{t`Programs post here as they would to Slack: Grafana, GitHub, Jenkins and others, unchanged.`}</p>
      <ul className={styles.list} aria-label={t`Webhooks of this room`}>
        {ofKind('incoming')?.map((webhook) => (
          <WebhookRow key={webhook.id} webhook={webhook} refresh={refresh} />
        ))}
      </ul>
      <NewWebhook roomId={roomId} refresh={refresh} />
      <h3 className={styles.next}>{t`Outgoing webhooks`}</h3>
      <p className={styles.hint}>{t`Programs of yours are told what happens here, signed; not of what bots and webhooks post.`}</p>
      <ul className={styles.list} aria-label={t`Outgoing webhooks of this room`}>
        {ofKind('outgoing')?.map((webhook) => (
          <OutgoingWebhookRow key={webhook.id} webhook={webhook} refresh={refresh} />
        ))}
      </ul>
      <NewOutgoingWebhook roomId={roomId} refresh={refresh} />
    </section>
  );
}

function WebhookRow({ webhook, refresh }: { webhook: Webhook; refresh: () => Promise<void> }) {
  const { roomId, id, name, mayPing, lastUsedAt } = webhook;
  const change = useMutation({
    mutationFn: (may: boolean) => client.bot.changeWebhook(roomId, id, { mayPing: may }),
    onSuccess: refresh,
    onError: showError,
  });
  const remove = useMutation({ mutationFn: () => client.bot.removeWebhook(roomId, id), onSuccess: refresh, onError: showError });
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <p>
          {lastUsedAt === null ? (
            t`Never used`
          ) : (
            <>
              <Trans>
                Last used <Time at={lastUsedAt} />
              </Trans>
            </>
          )}
        </p>
      </div>
      <Switch
        label={t`May ping`}
        aria-label={t`${name} may ping people`}
        checked={mayPing}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
        disabled={change.isPending}
      />
      <AskedFirst
        what={t`Remove ${name}`}
        question={t`Remove ${name}? What it posts is refused from then on.`}
        busy={remove.isPending}
        onYes={() => remove.mutate()}
      />
    </li>
  );
}

function NewWebhook({ roomId, refresh }: { roomId: string; refresh: () => Promise<void> }) {
  const [name, setName] = useState('');
  const [url, setUrl] = useState<string>();
  const form = useForm(async () => {
    const made = await client.bot.createWebhook(roomId, { kind: 'incoming', name });
    setUrl(made.url);
    setName('');
    await refresh();
  });
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <TextInput
        label={t`Name of a new webhook`}
        placeholder={t`Build server`}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={form.errorOf('name')}
      />
      {form.failure && <p role="alert">{form.failure}</p>}
      <Button type="submit" variant="default" loading={form.busy} disabled={name.trim() === ''}>
        {t`Create webhook`}
      </Button>
      {url !== undefined && <ShownOnce what="address" description={t`Whoever has it can post into this room.`} value={url} />}
    </form>
  );
}
