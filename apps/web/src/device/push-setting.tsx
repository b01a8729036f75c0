import type { Preferences } from '@atrium/contracts';
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from '../app/query-client.ts';
import { showError } from '../app/toasts.tsx';
import { useMe } from '../session/use-session.ts';
import { type PushState, readPushState, turnPushOff, turnPushOn } from './push.ts';
import styles from './push-setting.module.css';

const PREVIEWS = [
  { value: 'full', label: 'Who wrote, where and what' },
  { value: 'sender', label: 'Only who wrote' },
  { value: 'nothing', label: 'Only that there is something' },
];
const SAYS: Record<PushState, string> = {
  unsupported: 'This browser cannot be told while Atrium is closed. On an iPhone, add Atrium to the home screen first.',
  blocked: 'This browser shows no notifications of Atrium. Allow them in its settings for this site.',
  off: 'This device is told of nothing while Atrium is closed.',
  on: 'This device is told while you are at none of your pages, until you sign out here.',
};

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
      <h2 id="push-setting">Push on this device</h2>
      {state && <p>{SAYS[state]}</p>}
      {state === 'off' && (
        <Button variant="default" onClick={() => turn(turnPushOn)}>
          Tell this device
        </Button>
      )}
      {state === 'on' && (
        <Button variant="default" onClick={() => turn(turnPushOff)}>
          Stop telling this device
        </Button>
      )}
      <Select
        label="Lock screens show"
        data={PREVIEWS}
        value={pushPreview}
        allowDeselect={false}
        onChange={(value) => value && save({ pushPreview: value as Preferences['pushPreview'] })}
      />
    </section>
  );
}
