import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { AccessToken } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import styles from './profile.module.css';
import { TokenForm } from './token-form.tsx';
import { problemText } from '../language/problem-text.ts';

/** Tokens with which scripts act for this account. */
export function TokensList() {
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: () => client.security.tokens() });
  const revoke = useMutation({
    mutationFn: (tokenId: string) => client.security.revokeToken(tokenId),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['tokens'] }),
    onError: showError,
  });
  if (tokens.isPending) return <PanelSkeleton />;
  if (tokens.isError) {
    const detail = problemText(tokens.error);
    return (
      <Problem title={t`Access tokens cannot be shown`} detail={detail} action={t`Try again`} onAction={() => void tokens.refetch()} />
    );
  }
  return (
    <>
      <p className={styles.hint}>{t`A script that has a token acts as you, within what the token was made for.`}</p>
      {tokens.data.items.length > 0 && (
        <ul className={styles.list} aria-label={t`Access tokens`}>
          {tokens.data.items.map((one) => (
            <TokenRow
              key={one.id}
              token={one}
              revoking={revoke.isPending && revoke.variables === one.id}
              onRevoke={() => revoke.mutate(one.id)}
            />
          ))}
        </ul>
      )}
      <TokenForm />
    </>
  );
}

type TokenRowProps = { token: AccessToken; revoking: boolean; onRevoke: () => void };

function TokenRow({ token, revoking, onRevoke }: TokenRowProps) {
  return (
    <li className={styles.row}>
      <IconKey size={22} stroke={1.6} aria-hidden />
      <span className={styles.text}>
        <span>{token.name}</span>
        <small>
          {token.scopes.join(', ')} ·{' '}
          {token.lastUsedAt ? (
            <>
              <Trans>
                last used <Time at={token.lastUsedAt} />
              </Trans>
            </>
          ) : (
            t`never used`
          )}
          {token.expiresAt && (
            <>
              <Trans>
                {' '}
                · ends <Time at={token.expiresAt} />
              </Trans>
            </>
          )}
        </small>
      </span>
      <Button size="xs" variant="default" loading={revoking} onClick={onRevoke} aria-label={t`Revoke ${token.name}`}>
        {t`Revoke`}
      </Button>
    </li>
  );
}
