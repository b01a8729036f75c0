import { Trans } from '@lingui/react/macro';
import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import type { Session } from '@atrium/contracts';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import styles from './profile.module.css';
import { problemText } from '../language/problem-text.ts';

/** Where this account is signed in. */
export function SessionsList() {
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => client.auth.sessions() });
  const end = useMutation({
    mutationFn: (sessionId: string) => client.auth.endSession(sessionId),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['sessions'] }),
    onError: showError,
  });
  if (sessions.isPending) return <PanelSkeleton />;
  if (sessions.isError) {
    return (
      <Problem
        title={t`Sessions cannot be shown`}
        detail={problemText(sessions.error)}
        action={t`Try again`}
        onAction={() => void sessions.refetch()}
      />
    );
  }
  return (
    <ul className={styles.list} aria-label={t`Sessions`}>
      {sessions.data.items.map((one) => (
        <SessionRow key={one.id} session={one} ending={end.isPending && end.variables === one.id} onEnd={() => end.mutate(one.id)} />
      ))}
    </ul>
  );
}

type SessionRowProps = { session: Session; ending: boolean; onEnd: () => void };

function SessionRow({ session, ending, onEnd }: SessionRowProps) {
  const Sign = /mobile|android|iphone/i.test(session.userAgent ?? '') ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <li className={styles.row}>
      <Sign size={22} stroke={1.6} aria-hidden />
      <span className={styles.text}>
        <span>
          {deviceName(session.userAgent)}
          {session.current && <em>{t`this one`}</em>}
        </span>
        <small>
          <Trans>
            {session.address ?? t`unknown address`} · last used <Time at={session.lastUsedAt} />
          </Trans>
        </small>
      </span>
      {!session.current && (
        <Button
          size="xs"
          variant="default"
          loading={ending}
          onClick={onEnd}
          aria-label={t`End the session on ${deviceName(session.userAgent)}`}
        >
          {t`End`}
        </Button>
      )}
    </li>
  );
}

const BROWSERS = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/(Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;
const SYSTEMS = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

/** A browser and a system, as far as they say what they are. */
function deviceName(userAgent: string | null): string {
  if (!userAgent) return t`Unknown device`;
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (!browser) return userAgent.slice(0, 40);
  return system ? t`${browser} on ${system}` : browser;
}
