import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { Bot } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import { AskedFirst } from '../bot/asked-first.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { live } from '../live/live.ts';
import { Avatar } from '../people/avatar.tsx';
import { PictureButtons } from '../people/picture-buttons.tsx';
import styles from './profile.module.css';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import { BotForm } from './bot-form.tsx';
import own from './bots-list.module.css';
import { ShowToken } from './show-token.tsx';
import { problemText } from '../language/problem-text.ts';

const refresh = () => queryClient.invalidateQueries({ queryKey: ['bots'] });

async function showFace({ id, username, name, avatarUrl }: Bot): Promise<void> {
  live.people.learn([{ id, username, displayName: name, avatarUrl: avatarUrl ?? undefined }]);
  await refresh();
}

/** Programs of one's own, with accounts of their own. */
export function BotsList() {
  const bots = useQuery({ queryKey: ['bots'], queryFn: () => client.bots.list() });
  if (bots.isPending) return <PanelSkeleton />;
  if (bots.isError) {
    const detail = problemText(bots.error);
    return <Problem title={t`Bots cannot be shown`} detail={detail} action={t`Try again`} onAction={() => void bots.refetch()} />;
  }
  return (
    <>
      <p className={styles.hint}>
        {t`A bot is a program with an account: moderators bring it into rooms like anybody, and it answers commands that it registers there.`}
      </p>
      {bots.data.items.length > 0 && (
        <ul className={styles.list} aria-label={t`Bots`}>
          {bots.data.items.map((bot) => (
            <BotRow key={bot.id} bot={bot} />
          ))}
        </ul>
      )}
      <BotForm onMade={refresh} />
    </>
  );
}

function BotRow({ bot }: { bot: Bot }) {
  const { id, name, username, avatarUrl, tokens, rooms, commands, disabledAt } = bot;
  const remove = useMutation({ mutationFn: () => client.bots.remove(id), onSuccess: refresh, onError: showError });
  const renew = useMutation({
    mutationFn: () =>
      client.bots.createToken(id, { name: t`another token`, scopes: tokens[0]?.scopes.filter((scope) => scope !== 'admin') }),
    onSuccess: refresh,
    onError: showError,
  });
  return (
    <li className={styles.row}>
      <Avatar userId={id} size={40} />
      <span className={styles.text}>
        <span>
          {name} <small>@{username}</small>
        </span>
        <small>
          {disabledAt ? t`Shut by an admin` : rooms.length === 0 ? t`In no room yet` : t`In ${rooms.map((room) => room.name).join(', ')}`}
          {commands.length > 0 && ` · ${commands.map((command) => `/${command.name}`).join(', ')}`}
        </small>
        <Tokens bot={bot} />
        {renew.data && <ShowToken token={renew.data.token} label={t`Token of the bot`} reader={t`the bot`} onKept={() => renew.reset()} />}
        <div className={own.actions}>
          <PictureButtons
            label={t`Picture of ${name}`}
            hasPicture={avatarUrl !== null}
            set={async (image) => showFace(await client.bots.setAvatar(id, image))}
            remove={async () => {
              await client.bots.removeAvatar(id);
              await showFace({ ...bot, avatarUrl: null });
            }}
          />
          <Button
            size="xs"
            variant="default"
            loading={renew.isPending}
            onClick={() => renew.mutate()}
            aria-label={t`New token for ${name}`}
          >
            {t`New token`}
          </Button>
          <AskedFirst
            what={t`Remove ${name}`}
            question={t`Remove ${name}? Its tokens end and it leaves its rooms.`}
            busy={remove.isPending}
            onYes={() => remove.mutate()}
          />
        </div>
      </span>
    </li>
  );
}

function Tokens({ bot: { id, name, tokens } }: { bot: Bot }) {
  const revoke = useMutation({
    mutationFn: (tokenId: string) => client.bots.revokeToken(id, tokenId),
    onSuccess: refresh,
    onError: showError,
  });
  if (tokens.length === 0) return <small>{t`No token: it cannot do anything.`}</small>;
  return tokens.map((token) => (
    <small key={token.id}>
      {token.name}: {token.scopes.join(', ')} ·{' '}
      {token.lastUsedAt ? (
        <>
          <Trans>
            last used <Time at={token.lastUsedAt} />
          </Trans>
        </>
      ) : (
        t`never used`
      )}{' '}
      <Button
        size="compact-xs"
        variant="subtle"
        loading={revoke.isPending && revoke.variables === token.id}
        onClick={() => revoke.mutate(token.id)}
        aria-label={t`Revoke ${token.name} of ${name}`}
      >
        {t`Revoke`}
      </Button>
    </small>
  ));
}
