import { t } from '@lingui/core/macro';
import type { DirectoryUser } from '@atrium/contracts';
import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { usePeopleCalled } from '../people/use-people-called.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import styles from '../people/members.module.css';
import { useMembers } from '../people/use-members.ts';

/** Brings people in at once, without their asking; they are told, and may leave. */
export function AddPeople({ room }: { room: JoinedRoom }) {
  const [typed, setTyped] = useState('');
  const found = usePeopleCalled(typed.trim());
  return (
    <section aria-label={t`Add people`} className={styles.form}>
      <TextInput
        label={t`Add people`}
        description={t`They are in at once, and can leave`}
        placeholder={t`Name or username`}
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={64}
      />
      {found.length > 0 && (
        <ul className={styles.list} aria-label={t`People found`}>
          {found.map((person) => (
            <Found key={person.id} person={person} room={room} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Found({ person, room }: { person: DirectoryUser; room: JoinedRoom }) {
  const [busy, setBusy] = useState(false);
  const isIn = useMembers(room.id, person.username).members.some(({ id }) => id === person.id);
  const add = (): void => {
    setBusy(true);
    const added = client.moderation.add(room.id, [person.id]).then(() => showToast(t`${person.displayName} is in the room.`), showError);
    void added.finally(() => {
      setBusy(false);
      void queryClient.invalidateQueries({ queryKey: ['members', room.id] });
    });
  };
  return (
    <li className={styles.row}>
      <span className={styles.text}>
        <span className={styles.name}>{person.displayName}</span>
        <span className={styles.detail}>@{person.username}</span>
      </span>
      {isIn ? (
        <span className={styles.detail}>{t`is here`}</span>
      ) : (
        <Button size="compact-sm" variant="default" loading={busy} aria-label={t`Add ${person.displayName}`} onClick={add}>
          {t`Add`}
        </Button>
      )}
    </li>
  );
}
