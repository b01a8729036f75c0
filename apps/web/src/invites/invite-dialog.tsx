import { plural, t } from '@lingui/core/macro';
import { Button, Modal, NativeSelect } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { copyText } from '../kit/clipboard.ts';
import { queryClient } from '../kit/query-client.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { useForm } from '../kit/use-form.ts';
import { AddPeople } from './add-people.tsx';
import styles from '../people/members.module.css';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';

const DAY_MS = 86_400_000;
const lasts = () => [
  { value: '1', label: t`A day` },
  { value: '7', label: plural(7, { one: '# day', other: '# days' }) },
  { value: '30', label: plural(30, { one: '# day', other: '# days' }) },
  { value: '', label: t`Until it is taken back` },
];
const allUses = () => [
  { value: '1', label: t`Once` },
  { value: '10', label: plural(10, { one: '# time', other: '# times' }) },
  { value: '', label: t`As often as wanted` },
];

/** Adds people, makes links that let them in without the password, and takes these back. */
export function InviteDialog({ room, ...button }: { room: JoinedRoom; fullWidth?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button {...button} variant="default" leftSection={<IconUserPlus size={16} />} onClick={() => setOpen(true)}>
        {t`Invite people`}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={t`Invite people`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <div className={styles.ways}>
          <AddPeople room={room} />
          <Invites room={room} />
        </div>
      </Modal>
    </>
  );
}

function Invites({ room }: { room: JoinedRoom }) {
  const [days, setDays] = useState('7');
  const [uses, setUses] = useState('');
  const invites = useQuery({ queryKey: ['invites', room.id], queryFn: () => client.entrance.invites(room.id) });
  const refresh = (): void => void queryClient.invalidateQueries({ queryKey: ['invites', room.id] });
  const copy = (url: string): void => void copyText(url).then(() => showToast(t`Link copied.`), showError);
  const form = useForm(async () => {
    const { url } = await client.entrance.invite(room.id, {
      ...(days ? { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() } : {}),
      ...(uses ? { maxUses: Number(uses) } : {}),
    });
    refresh();
    copy(url);
  });
  return (
    <form onSubmit={form.submit} className={styles.form}>
      <h3 className={styles.caption}>{t`By link`}</h3>
      <p className={styles.hint}>{t`Whoever has the link comes in without the password, unless the room is locked.`}</p>
      <NativeSelect label={t`Lasts`} value={days} onChange={(event) => setDays(event.currentTarget.value)} data={lasts()} />
      <NativeSelect label={t`Can be used`} value={uses} onChange={(event) => setUses(event.currentTarget.value)} data={allUses()} />
      {form.failure && (
        <p className={styles.failure} role="alert">
          {form.failure}
        </p>
      )}
      <div className={styles.buttons}>
        <Button type="submit" loading={form.busy}>
          {t`Make and copy a link`}
        </Button>
      </div>
      <ul className={styles.list} aria-label={t`Invites`}>
        {invites.data?.items.map(({ code, url, uses: used, maxUses }) => (
          <li key={code} className={styles.row}>
            <span className={styles.text}>
              <span className={styles.name}>{url}</span>
              <span className={styles.detail}>
                {maxUses ? t`used ${used} of ${maxUses} times` : plural(used, { one: 'used # time', other: 'used # times' })}
              </span>
            </span>
            <Button size="compact-sm" variant="default" onClick={() => copy(url)}>
              {t`Copy`}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              onClick={() => void client.entrance.revokeInvites(room.id, code).then(refresh, showError)}
            >
              {t`Take back`}
            </Button>
          </li>
        ))}
      </ul>
    </form>
  );
}
