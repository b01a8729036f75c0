import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { Member, RoomRole } from '@atrium/contracts';
import { useState } from 'react';
import { PanelHeader } from '../kit/panel.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { InviteDialog } from '../invites/invite-dialog.tsx';
import { LobbyList } from '../lobby/lobby-list.tsx';
import { type JoinedRoom, isModerator } from '../room/joined-room.ts';
import { useMe } from '../session/use-session.ts';
import { BansDialog } from './bans-dialog.tsx';
import { Hands } from './hand-button.tsx';
import { MemberActions } from './member-actions.tsx';
import { MemberRow } from './member-row.tsx';
import styles from '../people/members.module.css';
import { useMembers, useOnlineCount } from '../people/use-members.ts';
import { problemText } from '../language/problem-text.ts';

const groups = (): { role: RoomRole; label: string }[] => [
  { role: 'host', label: t`Host` },
  { role: 'moderator', label: t`Moderators` },
  { role: 'member', label: t`Members` },
];
const SEARCH_FROM = 8;

/** Who is here, and what one may do about it. */
export function MembersPanel({ room, onClose }: { room: JoinedRoom; onClose: () => void }) {
  const me = useMe();
  const [query, setQuery] = useState('');
  const [wanted] = useDebouncedValue(query.trim(), 150);
  const { members, isPending, error, hasMore, loadMore, retry } = useMembers(room.id, wanted);
  return (
    <>
      <PanelHeader title={t`Members`} detail={t`${room.memberCount}, ${useOnlineCount(room)} online`} onClose={onClose} />
      <div className={styles.body}>
        {(room.memberCount > SEARCH_FROM || query) && (
          <TextInput
            aria-label={t`Search members`}
            placeholder={t`Search members`}
            leftSection={<IconSearch size={16} />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            className={styles.search}
          />
        )}
        {isModerator(room) && <InviteDialog room={room} fullWidth />}
        <LobbyList room={room} />
        <Hands room={room} members={members} myId={me.id} />
        {isPending && <PanelSkeleton />}
        {error && <Problem title={t`Members cannot be shown`} detail={problemText(error)} action={t`Try again`} onAction={retry} />}
        {!isPending && !error && members.length === 0 && <p className={styles.none}>{t`Nobody here is called that.`}</p>}
        {groups().map(({ role, label }) => (
          <Group key={role} label={label} members={members.filter((member) => member.role === role)} room={room} myId={me.id} />
        ))}
        {hasMore && (
          <Button variant="default" fullWidth onClick={loadMore}>
            {t`Show more`}
          </Button>
        )}
        {isModerator(room) && <BansDialog room={room} />}
      </div>
    </>
  );
}

type GroupProps = { label: string; members: readonly Member[]; room: JoinedRoom; myId: string };

function Group({ label, members, room, myId }: GroupProps) {
  if (members.length === 0) return null;
  return (
    <section aria-label={label}>
      <h3 className={styles.caption}>{label}</h3>
      <ul className={styles.list}>
        {members.map((member) => (
          <MemberRow key={member.id} member={member} roomId={room.id} isMe={member.id === myId}>
            <MemberActions room={room} member={member} isMe={member.id === myId} />
          </MemberRow>
        ))}
      </ul>
    </section>
  );
}
