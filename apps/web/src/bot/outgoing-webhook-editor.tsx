import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { type Webhook, WebhookEvent } from '@atrium/contracts';
import { Button, MultiSelect, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { showError } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import { AskedFirst } from './asked-first.tsx';
import styles from './bot-settings.module.css';
import { DeliveryLog } from './delivery-log.tsx';
import { ShownOnce } from './shown-once.tsx';

type Refresh = () => Promise<void>;

/** One address that is told what happens in the room, and what became of that. */
export function OutgoingWebhookRow({ webhook, refresh }: { webhook: Webhook; refresh: Refresh }) {
  const { roomId, id, name, url, disabledAt } = webhook;
  const [open, setOpen] = useState(false);
  const change = useMutation({
    mutationFn: (enabled: boolean) => client.bot.changeWebhook(roomId, id, { enabled }),
    onSuccess: refresh,
    onError: showError,
  });
  const remove = useMutation({ mutationFn: () => client.bot.removeWebhook(roomId, id), onSuccess: refresh, onError: showError });
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <p>{url}</p>
        <Health webhook={webhook} />
      </div>
      <Switch
        label={t`On`}
        aria-label={t`${name} is on`}
        checked={disabledAt === null}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
        disabled={change.isPending}
      />
      <Button variant="subtle" size="compact-sm" aria-label={t`Deliveries of ${name}`} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t`Deliveries`}
      </Button>
      <AskedFirst
        what={t`Remove ${name}`}
        question={t`Remove ${name}? Nothing is told to it from then on.`}
        busy={remove.isPending}
        onYes={() => remove.mutate()}
      />
      {open && <DeliveryLog roomId={roomId} webhookId={id} name={name} />}
    </li>
  );
}

function Health({ webhook: { failingSince, disabledAt, lastUsedAt } }: { webhook: Webhook }) {
  if (failingSince !== null) {
    return (
      <p>
        {disabledAt === null ? t`Failing since ` : t`Switched off; failing since `}
        <Time at={failingSince} />
      </p>
    );
  }
  if (lastUsedAt === null) return <p>{t`Nothing was sent yet`}</p>;
  return (
    <p>
      <Trans>
        Last heard <Time at={lastUsedAt} />
      </Trans>
    </p>
  );
}

export function NewOutgoingWebhook({ roomId, refresh }: { roomId: string; refresh: Refresh }) {
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<string[]>(['message.created']);
  const [secret, setSecret] = useState<string>();
  const form = useForm(async () => {
    const made = await client.bot.createWebhook(roomId, { kind: 'outgoing', name, url, events: readEvents(events) });
    setSecret(made.secret);
    setName('');
    setUrl('');
    await refresh();
  });
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <TextInput
        label={t`Name of a new outgoing webhook`}
        placeholder={t`Archive`}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={form.errorOf('name')}
      />
      <TextInput
        label={t`Address to post to`}
        placeholder={t`https://example.org/atrium`}
        type="url"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={form.errorOf('url')}
      />
      <MultiSelect label={t`Events`} data={eventChoices} value={events} onChange={setEvents} error={form.errorOf('events')} searchable />
      {form.failure && <p role="alert">{form.failure}</p>}
      <Button
        type="submit"
        variant="default"
        loading={form.busy}
        disabled={[name, url].some((text) => text.trim() === '') || events.length === 0}
      >
        {t`Create outgoing webhook`}
      </Button>
      {secret !== undefined && (
        <ShownOnce what="secret" description={t`The receiver checks with it that a delivery is from here.`} value={secret} />
      )}
    </form>
  );
}

const labels = (): Record<WebhookEventName, string> => ({
  'message.created': t`New messages`,
  'message.edited': t`Edited messages`,
  'message.deleted': t`Deleted messages`,
  'message.previewed': t`Previews of links`,
  'message.pinned': t`Pins`,
  'message.unpinned': t`Removed pins`,
  'reaction.added': t`Reactions`,
  'reaction.removed': t`Removed reactions`,
  'member.joined': t`Joins`,
  'member.left': t`Departures`,
  'member.kicked': t`Removals`,
  'member.banned': t`Bans`,
  'member.unbanned': t`Lifted bans`,
  'member.muted': t`Mutes`,
  'member.role': t`Changes of role`,
  'host.changed': t`A new host`,
  'room.updated': t`Changes of the room`,
  'bot.toggled': t`The bot, on or off`,
  'file.added': t`New files`,
  'file.status': t`Progress of files`,
  'file.deleted': t`Deleted files`,
  'messages.inspected': t`Admins who read`,
});
type WebhookEventName = (typeof WebhookEvent.options)[number];

/** What an outgoing webhook can be told of, in words. */
const eventChoices = WebhookEvent.options.map((value) => ({ value, label: labels()[value] }));

const readEvents = (values: readonly string[]): WebhookEventName[] => WebhookEvent.options.filter((option) => values.includes(option));
