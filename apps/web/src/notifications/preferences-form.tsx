import { t } from '@lingui/core/macro';
import type { Preferences } from '@atrium/contracts';
import { Button, Select, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PushSetting } from '../device/push-setting.tsx';
import { showError } from '../kit/toasts.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { client } from '../session/client.ts';
import { clockTime } from '../time/format.ts';
import styles from './notifications.module.css';
import { PREFERENCES, readPreferences, takePreferences } from './own-preferences.ts';
import { problemText } from '../language/problem-text.ts';

const levels = () => [
  { value: 'all', label: t`Everything that concerns me` },
  { value: 'mentions', label: t`Only mentions` },
  { value: 'nothing', label: t`Nothing` },
];
const HOUR_MS = 3_600_000;
const NIGHT = { from: '22:00', to: '07:00' };

/** How one wants to be told. Each change is kept at once. */
export function PreferencesForm() {
  const query = useQuery({ queryKey: PREFERENCES, queryFn: readPreferences });
  if (query.isPending) return <PanelSkeleton />;
  if (query.isError) {
    return (
      <Problem
        title={t`Preferences cannot be shown`}
        detail={problemText(query.error)}
        action={t`Try again`}
        onAction={() => void query.refetch()}
      />
    );
  }
  const save = (changes: Changes): void => void client.notifications.setPreferences(changes).then(takePreferences, showError);
  return <Fields preferences={query.data} save={save} />;
}

/** What is not named stays, also as another device has it by now. */
type Changes = Parameters<typeof client.notifications.setPreferences>[0];
type FieldsProps = {
  preferences: Preferences;
  save: (changes: Changes) => void;
};

function Fields({ preferences, save }: FieldsProps) {
  const { notify, sound, dndUntil, quietHours, pushPreview } = preferences;
  const disturbed = dndUntil === undefined || Date.parse(dndUntil) <= Date.now();
  return (
    <div className={styles.form}>
      <Select
        label={t`Tell me of`}
        data={levels()}
        value={notify}
        allowDeselect={false}
        onChange={(value) => value && save({ notify: value as Preferences['notify'] })}
      />
      <Switch label={t`Play a sound`} checked={sound} onChange={(event) => save({ sound: event.currentTarget.checked })} />
      <AllowBrowser />
      <Button
        variant="default"
        className={styles.quiet}
        onClick={() => save({ dndUntil: disturbed ? new Date(Date.now() + HOUR_MS).toISOString() : null })}
      >
        {disturbed ? t`Do not disturb for an hour` : t`Do not disturb until ${clockTime(dndUntil)} · end it`}
      </Button>
      <Switch
        label={t`Quiet hours`}
        checked={quietHours !== undefined}
        onChange={(event) =>
          save({
            quietHours: event.currentTarget.checked ? { ...NIGHT, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } : null,
          })
        }
      />
      {quietHours && (
        <div className={styles.hours}>
          <TextInput
            type="time"
            label={t`From`}
            value={quietHours.from}
            onChange={(event) => event.currentTarget.value && save({ quietHours: { ...quietHours, from: event.currentTarget.value } })}
          />
          <TextInput
            type="time"
            label={t`To`}
            value={quietHours.to}
            onChange={(event) => event.currentTarget.value && save({ quietHours: { ...quietHours, to: event.currentTarget.value } })}
          />
        </div>
      )}
      <PushSetting pushPreview={pushPreview} save={save} />
    </div>
  );
}

function AllowBrowser() {
  if (typeof Notification === 'undefined' || Notification.permission !== 'default') return null;
  return (
    <Button variant="default" onClick={() => void Notification.requestPermission()}>
      {t`Let this browser show notifications`}
    </Button>
  );
}
