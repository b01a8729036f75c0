import { plural, t } from '@lingui/core/macro';
import type { WebhookDelivery } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import styles from './bot-settings.module.css';

const REFRESH_MS = 3_000;
const states = () => ({ waiting: t`Waiting`, delivered: t`Delivered`, failed: t`Failed` }) as const;

/** What a webhook sent lately, and what was answered. */
export function DeliveryLog({ roomId, webhookId, name }: { roomId: string; webhookId: string; name: string }) {
  const queryKey = ['deliveries', webhookId];
  const { data } = useQuery({ queryKey, queryFn: () => client.bot.webhookDeliveries(roomId, webhookId), refetchInterval: REFRESH_MS });
  const replay = useMutation({
    mutationFn: (deliveryId: string) => client.bot.replayDelivery(roomId, webhookId, deliveryId),
    onSuccess: () => queryClient.invalidateQueries({ queryKey }),
    onError: showError,
  });
  if (data?.items.length === 0) return <p className={styles.log}>{t`Nothing was sent within the last seven days.`}</p>;
  return (
    <ul className={styles.log} aria-label={t`What ${name} sent`}>
      {data?.items.map((delivery) => (
        <li key={delivery.id}>
          <div>
            {states()[delivery.state]}: {delivery.event} <Time at={delivery.createdAt} />
            <p>{outcomeOf(delivery)}</p>
            <details>
              <summary>{t`What was sent`}</summary>
              <pre>{delivery.body}</pre>
            </details>
          </div>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t`Send ${delivery.event} ${delivery.seq} again`}
            loading={replay.isPending && replay.variables === delivery.id}
            onClick={() => replay.mutate(delivery.id)}
          >
            {t`Send again`}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** What the last try came to. */
function outcomeOf({ tries }: WebhookDelivery): string {
  const last = tries.at(-1);
  if (!last) return t`Not tried yet`;
  const count = plural(tries.length, { one: '# try', other: '# tries' });
  return `${count}; ${last.error ?? t`answered ${last.status ?? ''} in ${last.milliseconds} ms`}`;
}
