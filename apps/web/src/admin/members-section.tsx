import { t } from '@lingui/core/macro';
import type { AdminMember } from '@atrium/contracts';
import { Link } from 'react-router';
import { Time } from '../time/time.tsx';
import { admin, useAdminList } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { FilterField, ListBar, useFilters } from './list-bar.tsx';

const allColumns = (): Column<AdminMember>[] => [
  {
    title: t`Name`,
    show: (member) => (
      <Link className={styles.name} to={`/admin/people?query=${member.username}`}>
        {member.displayName} <small>@{member.username}</small>
      </Link>
    ),
  },
  { title: t`Room`, show: (member) => <Link to={`/admin/rooms?query=${member.roomId}`}>{member.roomName}</Link> },
  { title: t`Role`, show: (member) => member.role },
  { title: t`Since`, show: (member) => <Time at={member.joinedAt} /> },
];

/** Who is in which room. */
export function MembersSection() {
  const [get] = useFilters();
  const filter = {
    query: get('query'),
    ...(get('roomId') && { roomId: get('roomId') }),
    ...(get('userId') && { userId: get('userId') }),
  };
  const list = useAdminList('members', filter, (page) => admin.members({ ...filter, ...page }));
  return (
    <>
      <ListBar search={t`Name or username`}>
        <FilterField name="roomId" label={t`Room’s id`} />
        <FilterField name="userId" label={t`Person’s id`} />
      </ListBar>
      <AdminTable
        caption={t`Members`}
        list={list}
        idOf={({ roomId, userId }) => `${roomId}:${userId}`}
        nameOf={({ displayName, roomName }) => t`${displayName} in ${roomName}`}
        columns={allColumns()}
        empty={t`Nobody matches this.`}
      />
    </>
  );
}
