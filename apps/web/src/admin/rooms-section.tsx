import { plural, t } from '@lingui/core/macro';
import type { AdminRoom } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Time } from '../time/time.tsx';
import { useMe } from '../session/use-session.ts';
import { type Act, ActMenu, type MenuItem, ReasonDialog } from './acts.tsx';
import { admin, useAdminList } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { type Choice, ListBar, useFilters } from './list-bar.tsx';
import { PurgesUnderWay } from './purges-under-way.tsx';

const allChoices = (): Choice[] => [
  {
    name: 'visibility',
    label: t`Public and private`,
    options: [
      { value: 'public', label: t`Public` },
      { value: 'private', label: t`Private` },
    ],
  },
  {
    name: 'archived',
    label: t`Open and archived`,
    options: [
      { value: 'false', label: t`Open` },
      { value: 'true', label: t`Archived` },
    ],
  },
  { name: 'hostless', label: t`With and without host`, options: [{ value: 'true', label: t`Without host` }] },
];

const allColumns = (): Column<AdminRoom>[] => [
  {
    title: t`Room`,
    show: (room) => (
      <span className={styles.name}>
        {room.kind === 'direct' ? t`Direct messages` : room.name} {room.topic && <small>{room.topic}</small>}
      </span>
    ),
  },
  { title: t`Host`, show: hostOf },
  { title: t`Members`, isNumber: true, show: (room) => room.memberCount },
  { title: t`Who may enter`, show: entranceOf },
  { title: t`State`, show: (room) => (room.archivedAt ? <span className={styles.bad}>{t`archived`}</span> : 'open') },
  { title: t`Last change`, show: (room) => <Time at={room.lastActivityAt} /> },
  { title: t`Made`, show: (room) => <Time at={room.createdAt} /> },
];

export function RoomsSection() {
  const [get] = useFilters();
  const me = useMe();
  const navigate = useNavigate();
  const [act, setAct] = useState<Act>();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const filter = {
    query: get('query'),
    ...(get('visibility') && { visibility: get('visibility') as AdminRoom['visibility'] }),
    ...(get('archived') && { archived: get('archived') === 'true' }),
    ...(get('hostless') && { hostless: true }),
  };
  const list = useAdminList('rooms', filter, (page) => admin.rooms({ ...filter, ...page }));
  const open = list.items.filter(({ id, archivedAt }) => ids.has(id) && archivedAt === null);
  const itemsOf = (room: AdminRoom): MenuItem[] => [
    ...(room.archivedAt === null && room.hostId !== me.id ? [{ label: t`Become its host`, act: takeOver(room, me.id) }] : []),
    ...(room.archivedAt ? [{ label: t`Restore`, act: restore(room, me.id) }] : []),
    ...(room.archivedAt === null ? [{ label: t`Archive`, isDangerous: true, act: archive([room]) }] : []),
    { label: t`Purge`, isDangerous: true, act: purge(room) },
    { label: t`Its members`, go: () => void navigate(`/admin/members?roomId=${room.id}`) },
    { label: t`Its messages`, go: () => void navigate(`/admin/messages?roomId=${room.id}`) },
    { label: t`Its files`, go: () => void navigate(`/admin/files?roomId=${room.id}`) },
    { label: t`What was done in it`, go: () => void navigate(`/admin/audit?roomId=${room.id}`) },
  ];
  return (
    <>
      <ListBar search={t`Name, topic or id`} choices={allChoices()}>
        {open.length > 0 && (
          <Button variant="light" color="red" onClick={() => setAct(archive(open))}>
            {t`Archive ${open.length}`}
          </Button>
        )}
      </ListBar>
      <PurgesUnderWay />
      <AdminTable
        caption={t`Rooms`}
        list={list}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        columns={allColumns()}
        selection={{ ids, set: setIds }}
        acts={(room) => <ActMenu name={room.name} items={itemsOf(room)} open={setAct} />}
        empty={t`No room matches this.`}
      />
      <ReasonDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}

/** Nobody is the host of direct messages. */
function hostOf({ kind, hostUsername }: AdminRoom) {
  if (hostUsername) return `@${hostUsername}`;
  return kind === 'direct' ? '–' : <span className={styles.bad}>{t`none`}</span>;
}

function entranceOf(room: AdminRoom): string {
  const password = room.hasPassword ? t`, with a password` : '';
  return `${room.visibility}${password}${room.locked ? ', locked' : ''}`;
}

const archive = (rooms: readonly AdminRoom[]): Act => ({
  title: t`${plural(rooms.length, { one: `Archive ${{ name: rooms[0]!.name }}?`, other: 'Archive # rooms?' })}`,
  detail: t`Nobody can write there any more; the members see the reason. An admin can restore it.`,
  verb: t`Archive`,
  isDangerous: true,
  targets: rooms.map(({ id, name }) => ({ id, name })),
  run: (id, { reason }) => admin.updateRoom(id, { archived: true, reason }),
  done: t`${plural(rooms.length, { one: `${{ name: rooms[0]!.name }} is archived.`, other: '# rooms are archived.' })}`,
});

const purge = (room: AdminRoom): Act => ({
  title: t`Purge ${room.name}?`,
  detail: t`Everybody is taken out of it, and its messages, its files and what the bot keeps of it are gone for good. Nobody can restore it.`,
  verb: t`Purge for good`,
  isDangerous: true,
  targets: [{ id: room.id, name: room.name }],
  run: (id, { reason }) => admin.purgeRoom(id, reason),
  done: t`${room.name} is closed, and is being emptied.`,
});

const takeOver = (room: AdminRoom, hostId: string): Act => ({
  title: t`Become host of ${room.name}?`,
  detail: t`You come into the room, and everyone in it sees that you are its host.`,
  verb: t`Become host`,
  targets: [{ id: room.id, name: room.name }],
  run: (id, { reason }) => admin.updateRoom(id, { hostId, reason }),
  done: t`You are the host of ${room.name}.`,
});

/** A room that everybody left needs somebody, or it stays without a host. */
function restore(room: AdminRoom, adminId: string): Act {
  const isEmpty = room.memberCount === 0;
  return {
    title: t`Restore ${room.name}?`,
    detail: isEmpty ? t`Nobody is in it any more: you become its host, and can hand it over.` : t`Its members can write there again.`,
    verb: t`Restore`,
    targets: [{ id: room.id, name: room.name }],
    run: (id, { reason }) => admin.updateRoom(id, { archived: false, reason, ...(isEmpty && { hostId: adminId }) }),
    done: t`${room.name} is open again.`,
  };
}
