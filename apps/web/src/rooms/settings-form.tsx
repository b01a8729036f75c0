import { plural, t } from '@lingui/core/macro';
import { Button, NativeSelect, Switch, TextInput, Textarea } from '@mantine/core';
import { rooms } from '@atrium/contracts';
import type { RoomChanges } from '@atrium/client';
import { useState } from 'react';
import { showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { useUnsaved } from '../kit/unsaved.ts';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { PasswordSetting } from './password-setting.tsx';
import styles from './settings.module.css';
import { SLOW_MODE_STEPS, slowModeText } from '../room/slow-mode.ts';

const FIELDS = [
  'name',
  'topic',
  'description',
  'visibility',
  'locked',
  'lobby',
  'whoCanPost',
  'slowModeSeconds',
  'historyVisibility',
  'removedCanRejoin',
  'maxMembers',
  'editWindowSeconds',
  'hostAwayDays',
] as const;
type Draft = Pick<JoinedRoom, (typeof FIELDS)[number]>;
const RoomForm = rooms.update.input.omit({ roomId: true });

const editWindows = () =>
  new Map([
    [0, t`Not at all`],
    [300, minutesText(300)],
    [3600, t`For an hour`],
    [86_400, t`For a day`],
    [-1, t`Always`],
  ]);
const awayDays = () => new Map([...[7, 30, 90].map((days) => [days, daysText(days)] as const), [0, t`The host stays host`]]);
const minutesText = (seconds: number): string => plural(Math.round(seconds / 60), { one: 'For # minute', other: 'For # minutes' });
const daysText = (days: number): string =>
  plural(days, { one: 'After # day somebody else is host', other: 'After # days somebody else is host' });

/** What one can choose, and what is set now if it is none of these. */
function optionsOf(choices: ReadonlyMap<number, string>, current: number, textOf: (value: number) => string) {
  const all = choices.has(current) ? [...choices] : [...choices, [current, textOf(current)] as const];
  return all.map(([value, label]) => ({ value: String(value), label }));
}

/** Everything a host decides. Only what was changed is sent, so that two hosts' tabs do not undo each other. */
export function SettingsForm({ room }: { room: JoinedRoom }) {
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const [password, setPassword] = useState<string | null>();
  const draft: Draft = { ...room, ...changes };
  const set = <K extends keyof Draft>(field: K, value: Draft[K]): void => setChanges((all) => ({ ...all, [field]: value }));
  const changed = FIELDS.filter((field) => draft[field] !== room[field]);
  const input: RoomChanges = {
    ...Object.fromEntries(changed.map((field) => [field, draft[field]])),
    ...(password === undefined ? {} : { password }),
  };
  const isDirty = changed.length > 0 || password !== undefined;
  useUnsaved(isDirty);
  const form = useForm(
    async () => {
      live.rooms.put(await client.rooms.update(room.id, input));
      setChanges({});
      setPassword(undefined);
      showToast(t`Settings saved.`);
    },
    () => RoomForm.safeParse(input),
  );
  const discard = (): void => {
    setChanges({});
    setPassword(undefined);
  };
  const switchStyles = { body: styles.switch ?? '', labelWrapper: styles.switchLabel ?? '' };
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <TextInput
        label={t`Name`}
        value={draft.name}
        onChange={(event) => set('name', event.currentTarget.value)}
        error={form.errorOf('name')}
      />
      <TextInput
        label={t`Topic`}
        value={draft.topic}
        onChange={(event) => set('topic', event.currentTarget.value)}
        error={form.errorOf('topic')}
      />
      <Textarea
        label={t`Description`}
        value={draft.description}
        onChange={(event) => set('description', event.currentTarget.value)}
        error={form.errorOf('description')}
        rows={3}
      />
      <NativeSelect
        label={t`Visibility`}
        value={draft.visibility}
        onChange={(event) => set('visibility', event.currentTarget.value === 'private' ? 'private' : 'public')}
        data={[
          { value: 'public', label: t`Public: anyone here finds it` },
          { value: 'private', label: t`Private: hidden, entered by password or invite` },
        ]}
      />
      <PasswordSetting
        hasPassword={room.hasPassword}
        isPrivate={draft.visibility === 'private'}
        password={password}
        setPassword={setPassword}
        error={form.errorOf('password')}
      />
      <Switch
        label={t`Locked`}
        description={t`Nobody new can join, not even with the password`}
        labelPosition="left"
        classNames={switchStyles}
        checked={draft.locked}
        onChange={(event) => set('locked', event.currentTarget.checked)}
      />
      <Switch
        label={t`Lobby`}
        description={t`Who joins waits until the host or a moderator lets them in`}
        labelPosition="left"
        classNames={switchStyles}
        checked={draft.lobby}
        onChange={(event) => set('lobby', event.currentTarget.checked)}
      />
      <NativeSelect
        label={t`Who writes`}
        value={draft.whoCanPost}
        onChange={(event) => set('whoCanPost', event.currentTarget.value === 'moderators' ? 'moderators' : 'everyone')}
        data={[
          { value: 'everyone', label: t`Everyone` },
          { value: 'moderators', label: t`The host and moderators` },
        ]}
      />
      <NativeSelect
        label={t`Slow mode`}
        value={draft.slowModeSeconds}
        onChange={(event) => set('slowModeSeconds', Number(event.currentTarget.value))}
        data={[...new Set([...SLOW_MODE_STEPS, room.slowModeSeconds])].map((seconds) => ({
          value: String(seconds),
          label: slowModeText(seconds),
        }))}
      />
      <NativeSelect
        label={t`History`}
        value={draft.historyVisibility}
        onChange={(event) => set('historyVisibility', event.currentTarget.value === 'since_join' ? 'since_join' : 'all')}
        data={[
          { value: 'all', label: t`New members see everything` },
          { value: 'since_join', label: t`New members see what comes after them` },
        ]}
      />
      <NativeSelect
        label={t`Editing messages`}
        value={draft.editWindowSeconds}
        onChange={(event) => set('editWindowSeconds', Number(event.currentTarget.value))}
        data={optionsOf(editWindows(), room.editWindowSeconds, minutesText)}
      />
      <NativeSelect
        label={t`When the host stays away`}
        value={draft.hostAwayDays ?? 30}
        onChange={(event) => set('hostAwayDays', Number(event.currentTarget.value))}
        data={optionsOf(awayDays(), room.hostAwayDays ?? 30, daysText)}
      />
      <Switch
        label={t`Removed people may come back`}
        labelPosition="left"
        classNames={switchStyles}
        checked={draft.removedCanRejoin}
        onChange={(event) => set('removedCanRejoin', event.currentTarget.checked)}
      />
      <TextInput
        label={t`Most members`}
        type="number"
        min={1}
        max={10_000}
        value={draft.maxMembers}
        onChange={(event) => set('maxMembers', Math.round(Number(event.currentTarget.value)))}
        error={form.errorOf('maxMembers')}
      />
      {form.failure && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div className={styles.save} data-dirty={isDirty || undefined}>
        <Button type="submit" loading={form.busy} disabled={!isDirty}>
          {t`Save changes`}
        </Button>
        {isDirty && (
          <Button variant="subtle" color="gray" onClick={discard}>
            {t`Discard`}
          </Button>
        )}
      </div>
    </form>
  );
}
