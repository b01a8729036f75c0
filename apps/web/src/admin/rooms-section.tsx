import type { AdminRoom } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Time } from '../time/time.tsx';
import { useMe } from '../session/use-session.ts';
import { ActMenu, type MenuItem } from './act-menu.tsx';
import { admin } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { ListBar, type Choice } from './list-bar.tsx';
import { PurgesUnderWay } from './purges-under-way.tsx';
import { type Act, ReasonDialog } from './reason-dialog.tsx';
import { useAdminList } from './use-admin-list.ts';
import { useFilters } from './use-search.ts';

const CHOICES: Choice[] = [
  {
    name: 'visibility',
    label: 'Public and private',
    options: [
      { value: 'public', label: 'Public' },
      { value: 'private', label: 'Private' },
    ],
  },
  {
    name: 'archived',
    label: 'Open and archived',
    options: [
      { value: 'false', label: 'Open' },
      { value: 'true', label: 'Archived' },
    ],
  },
  { name: 'hostless', label: 'With and without host', options: [{ value: 'true', label: 'Without host' }] },
];

const COLUMNS: Column<AdminRoom>[] = [
  {
    title: 'Room',
    show: (room) => (
      <span className={styles.name}>
        {room.kind === 'direct' ? 'Direct messages' : room.name} {room.topic && <small>{room.topic}</small>}
      </span>
    ),
  },
  { title: 'Host', show: hostOf },
  { title: 'Members', isNumber: true, show: (room) => room.memberCount },
  { title: 'Who may enter', show: entranceOf },
  { title: 'State', show: (room) => (room.archivedAt ? <span className={styles.bad}>archived</span> : 'open') },
  { title: 'Last change', show: (room) => <Time at={room.lastActivityAt} /> },
  { title: 'Made', show: (room) => <Time at={room.createdAt} /> },
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
    ...(room.archivedAt === null && room.hostId !== me.id ? [{ label: 'Become its host', act: takeOver(room, me.id) }] : []),
    ...(room.archivedAt ? [{ label: 'Restore', act: restore(room, me.id) }] : []),
    ...(room.archivedAt === null ? [{ label: 'Archive', isDangerous: true, act: archive([room]) }] : []),
    { label: 'Purge', isDangerous: true, act: purge(room) },
    { label: 'Its members', go: () => void navigate(`/admin/members?roomId=${room.id}`) },
    { label: 'Its messages', go: () => void navigate(`/admin/messages?roomId=${room.id}`) },
    { label: 'Its files', go: () => void navigate(`/admin/files?roomId=${room.id}`) },
    { label: 'What was done in it', go: () => void navigate(`/admin/audit?roomId=${room.id}`) },
  ];
  return (
    <>
      <ListBar search="Name, topic or id" choices={CHOICES}>
        {open.length > 0 && (
          <Button variant="light" color="red" onClick={() => setAct(archive(open))}>
            Archive {open.length}
          </Button>
        )}
      </ListBar>
      <PurgesUnderWay />
      <AdminTable
        caption="Rooms"
        list={list}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        columns={COLUMNS}
        selection={{ ids, set: setIds }}
        acts={(room) => <ActMenu name={room.name} items={itemsOf(room)} open={setAct} />}
        empty="No room matches this."
      />
      <ReasonDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}

/** Nobody is the host of direct messages. */
function hostOf({ kind, hostUsername }: AdminRoom) {
  if (hostUsername) return `@${hostUsername}`;
  return kind === 'direct' ? '–' : <span className={styles.bad}>none</span>;
}

function entranceOf(room: AdminRoom): string {
  const password = room.hasPassword ? ', with a password' : '';
  return `${room.visibility}${password}${room.locked ? ', locked' : ''}`;
}

const archive = (rooms: readonly AdminRoom[]): Act => ({
  title: rooms.length === 1 ? `Archive ${rooms[0]!.name}?` : `Archive ${rooms.length} rooms?`,
  detail: 'Nobody can write there any more; the members see the reason. An admin can restore it.',
  verb: 'Archive',
  isDangerous: true,
  targets: rooms.map(({ id, name }) => ({ id, name })),
  run: (id, { reason }) => admin.updateRoom(id, { archived: true, reason }),
  done: rooms.length === 1 ? `${rooms[0]!.name} is archived.` : `${rooms.length} rooms are archived.`,
});

const purge = (room: AdminRoom): Act => ({
  title: `Purge ${room.name}?`,
  detail:
    'Everybody is taken out of it, and its messages, its files and what the bot keeps of it are gone for good. Nobody can restore it.',
  verb: 'Purge for good',
  isDangerous: true,
  targets: [{ id: room.id, name: room.name }],
  run: (id, { reason }) => admin.purgeRoom(id, reason),
  done: `${room.name} is closed, and is being emptied.`,
});

const takeOver = (room: AdminRoom, hostId: string): Act => ({
  title: `Become host of ${room.name}?`,
  detail: 'You come into the room, and everyone in it sees that you are its host.',
  verb: 'Become host',
  targets: [{ id: room.id, name: room.name }],
  run: (id, { reason }) => admin.updateRoom(id, { hostId, reason }),
  done: `You are the host of ${room.name}.`,
});

/** A room that everybody left needs somebody, or it stays without a host. */
function restore(room: AdminRoom, adminId: string): Act {
  const isEmpty = room.memberCount === 0;
  return {
    title: `Restore ${room.name}?`,
    detail: isEmpty ? 'Nobody is in it any more: you become its host, and can hand it over.' : 'Its members can write there again.',
    verb: 'Restore',
    targets: [{ id: room.id, name: room.name }],
    run: (id, { reason }) => admin.updateRoom(id, { archived: false, reason, ...(isEmpty && { hostId: adminId }) }),
    done: `${room.name} is open again.`,
  };
}
