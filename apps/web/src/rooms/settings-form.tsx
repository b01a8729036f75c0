import { Button, NativeSelect, Switch, TextInput, Textarea } from '@mantine/core';
import { rooms } from '@atrium/contracts';
import type { RoomChanges } from '@atrium/client';
import { useState } from 'react';
import { showToast } from '../app/toasts.tsx';
import { useForm } from '../app/use-form.ts';
import { useUnsaved } from '../layout/unsaved.ts';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import type { JoinedRoom } from './joined-room.ts';
import { PasswordSetting } from './password-setting.tsx';
import styles from './settings.module.css';
import { SLOW_MODE_STEPS, slowModeText } from './slow-mode.ts';

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

const EDIT_WINDOWS = new Map([
  [0, 'Not at all'],
  [300, 'For 5 minutes'],
  [3600, 'For an hour'],
  [86_400, 'For a day'],
  [-1, 'Always'],
]);
const AWAY_DAYS = new Map([
  [7, 'After 7 days somebody else is host'],
  [30, 'After 30 days somebody else is host'],
  [90, 'After 90 days somebody else is host'],
  [0, 'The host stays host'],
]);

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
      showToast('Settings saved.');
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
        label="Name"
        value={draft.name}
        onChange={(event) => set('name', event.currentTarget.value)}
        error={form.errorOf('name')}
      />
      <TextInput
        label="Topic"
        value={draft.topic}
        onChange={(event) => set('topic', event.currentTarget.value)}
        error={form.errorOf('topic')}
      />
      <Textarea
        label="Description"
        value={draft.description}
        onChange={(event) => set('description', event.currentTarget.value)}
        error={form.errorOf('description')}
        rows={3}
      />
      <NativeSelect
        label="Visibility"
        value={draft.visibility}
        onChange={(event) => set('visibility', event.currentTarget.value === 'private' ? 'private' : 'public')}
        data={[
          { value: 'public', label: 'Public: anyone here finds it' },
          { value: 'private', label: 'Private: hidden, entered by password or invite' },
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
        label="Locked"
        description="Nobody new can join, not even with the password"
        labelPosition="left"
        classNames={switchStyles}
        checked={draft.locked}
        onChange={(event) => set('locked', event.currentTarget.checked)}
      />
      <Switch
        label="Lobby"
        description="Who joins waits until the host or a moderator lets them in"
        labelPosition="left"
        classNames={switchStyles}
        checked={draft.lobby}
        onChange={(event) => set('lobby', event.currentTarget.checked)}
      />
      <NativeSelect
        label="Who writes"
        value={draft.whoCanPost}
        onChange={(event) => set('whoCanPost', event.currentTarget.value === 'moderators' ? 'moderators' : 'everyone')}
        data={[
          { value: 'everyone', label: 'Everyone' },
          { value: 'moderators', label: 'The host and moderators' },
        ]}
      />
      <NativeSelect
        label="Slow mode"
        value={draft.slowModeSeconds}
        onChange={(event) => set('slowModeSeconds', Number(event.currentTarget.value))}
        data={[...new Set([...SLOW_MODE_STEPS, room.slowModeSeconds])].map((seconds) => ({
          value: String(seconds),
          label: slowModeText(seconds),
        }))}
      />
      <NativeSelect
        label="History"
        value={draft.historyVisibility}
        onChange={(event) => set('historyVisibility', event.currentTarget.value === 'since_join' ? 'since_join' : 'all')}
        data={[
          { value: 'all', label: 'New members see everything' },
          { value: 'since_join', label: 'New members see what comes after them' },
        ]}
      />
      <NativeSelect
        label="Editing messages"
        value={draft.editWindowSeconds}
        onChange={(event) => set('editWindowSeconds', Number(event.currentTarget.value))}
        data={optionsOf(EDIT_WINDOWS, room.editWindowSeconds, (seconds) => `For ${Math.round(seconds / 60)} minutes`)}
      />
      <NativeSelect
        label="When the host stays away"
        value={draft.hostAwayDays ?? 30}
        onChange={(event) => set('hostAwayDays', Number(event.currentTarget.value))}
        data={optionsOf(AWAY_DAYS, room.hostAwayDays ?? 30, (days) => `After ${days} days somebody else is host`)}
      />
      <Switch
        label="Removed people may come back"
        labelPosition="left"
        classNames={switchStyles}
        checked={draft.removedCanRejoin}
        onChange={(event) => set('removedCanRejoin', event.currentTarget.checked)}
      />
      <TextInput
        label="Most members"
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
          Save changes
        </Button>
        {isDirty && (
          <Button variant="subtle" color="gray" onClick={discard}>
            Discard
          </Button>
        )}
      </div>
    </form>
  );
}
