import { t } from '@lingui/core/macro';
import type { Preferences } from '@atrium/contracts';
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import { useMe } from '../session/use-session.ts';
import { type PushState, readPushState, turnPushOff, turnPushOn } from './push.ts';
import styles from './push-setting.module.css';

const previews = () => [
  { value: 'full', label: t`Who wrote, where and what` },
  { value: 'sender', label: t`Only who wrote` },
  { value: 'nothing', label: t`Only that there is something` },
];
const says = (): Record<PushState, string> => ({
  unsupported: t`This browser cannot be told while Atrium is closed. On an iPhone, add Atrium to the home screen first.`,
  blocked: t`This browser shows no notifications of Atrium. Allow them in its settings for this site.`,
  off: t`This device is told of nothing while Atrium is closed.`,
  on: t`This device is told while you are at none of your pages, until you sign out here.`,
});

type Props = {
  pushPreview: Preferences['pushPreview'];
  save: (changes: Pick<Preferences, 'pushPreview'>) => void;
};

/** Whether this device is told while no page is open, and what its lock screen may say. */
export function PushSetting({ pushPreview, save }: Props) {
  const { id } = useMe();
  const { data: state } = useQuery({ queryKey: ['push', id], queryFn: () => readPushState(id), staleTime: 0 });
  const turn = (how: (userId: string) => Promise<PushState>): void => {
    how(id).then((next) => queryClient.setQueryData(['push', id], next), showError);
  };
  return (
    <section className={styles.section} aria-labelledby="push-setting">
      <h2 id="push-setting">{t`Push on this device`}</h2>
      {state && <p>{says()[state]}</p>}
      {state === 'off' && (
        <Button variant="default" onClick={() => turn(turnPushOn)}>
          {t`Tell this device`}
        </Button>
      )}
      {state === 'on' && (
        <Button variant="default" onClick={() => turn(turnPushOff)}>
          {t`Stop telling this device`}
        </Button>
      )}
      <Select
        label={t`Lock screens show`}
        data={previews()}
        value={pushPreview}
        allowDeselect={false}
        onChange={(value) => value && save({ pushPreview: value as Preferences['pushPreview'] })}
      />
    </section>
  );
}
