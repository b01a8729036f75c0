import { newId } from '@atrium/client';
import type { AdminUser } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Time } from '../time/time.tsx';
import { ActMenu, type MenuItem } from './act-menu.tsx';
import { admin } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { ListBar, type Choice } from './list-bar.tsx';
import { type Act, ReasonDialog } from './reason-dialog.tsx';
import { useAdminList } from './use-admin-list.ts';
import { useFilters } from './use-search.ts';

const CHOICES: Choice[] = [
  {
    name: 'role',
    label: 'Any role',
    options: [
      { value: 'admin', label: 'Admins' },
      { value: 'user', label: 'Users' },
    ],
  },
  {
    name: 'disabled',
    label: 'Any state',
    options: [
      { value: 'false', label: 'Active' },
      { value: 'true', label: 'Disabled' },
    ],
  },
];

const COLUMNS: Column<AdminUser>[] = [
  {
    title: 'Name',
    show: (user) => (
      <span className={styles.name}>
        {user.displayName} <small>@{user.username}</small>
      </span>
    ),
  },
  { title: 'E-mail', show: (user) => user.email ?? '–' },
  { title: 'Role', show: (user) => user.role },
  { title: 'State', show: (user) => (user.disabledAt ? <Disabled user={user} /> : 'active') },
  { title: 'Credits', isNumber: true, show: (user) => user.credits },
  { title: 'Sessions', isNumber: true, show: (user) => user.sessions },
  { title: 'Last seen', show: (user) => (user.lastSeenAt ? <Time at={user.lastSeenAt} /> : '–') },
  { title: 'Joined', show: (user) => <Time at={user.createdAt} /> },
];

export function PeopleSection() {
  const [get] = useFilters();
  const navigate = useNavigate();
  const [act, setAct] = useState<Act>();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const search = { query: get('query'), ...(get('role') && { role: get('role') as 'user' | 'admin' }) };
  const filter = { ...search, ...(get('disabled') && { disabled: get('disabled') === 'true' }) };
  const list = useAdminList('users', filter, (page) => admin.users({ ...filter, ...page }));
  const chosen = list.items.filter(({ id }) => ids.has(id));
  const more = (user: AdminUser): MenuItem[] => [
    { label: 'Their rooms', go: () => void navigate(`/admin/members?userId=${user.id}`) },
    { label: 'Their credits', go: () => void navigate(`/admin/credits?userId=${user.id}`) },
    { label: 'What was done to them', go: () => void navigate(`/admin/audit?targetId=${user.id}`) },
    { label: 'What they did', go: () => void navigate(`/admin/audit?actor=${user.username}`) },
  ];
  return (
    <>
      <ListBar search="Name, username, e-mail or id" choices={CHOICES}>
        {chosen.length > 0 && (
          <>
            <Button variant="default" onClick={() => setAct(signOut(chosen))}>
              Sign out {chosen.length}
            </Button>
            <Button variant="light" color="red" onClick={() => setAct(disable(chosen))}>
              Disable {chosen.length}
            </Button>
          </>
        )}
      </ListBar>
      <AdminTable
        caption="People"
        list={list}
        idOf={({ id }) => id}
        nameOf={({ displayName }) => displayName}
        columns={COLUMNS}
        selection={{ ids, set: setIds }}
        acts={(user) => <ActMenu name={user.displayName} items={[...actsOn(user), ...more(user)]} open={setAct} />}
        empty="Nobody matches this."
      />
      <ReasonDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}

function Disabled({ user }: { user: AdminUser }) {
  return (
    <span className={styles.bad} title={user.disabledReason ?? undefined}>
      disabled
    </span>
  );
}

const actsOn = (user: AdminUser): MenuItem[] => [
  { label: 'Grant credits', act: grant(user) },
  { label: user.role === 'admin' ? 'Take the admin role' : 'Make admin', act: changeRole(user) },
  { label: 'Sign out everywhere', act: signOut([user]) },
  user.disabledAt ? { label: 'Restore', act: restore(user) } : { label: 'Disable', isDangerous: true, act: disable([user]) },
];

const targetsOf = (users: readonly AdminUser[]) => users.map(({ id, displayName }) => ({ id, name: displayName }));
const namesOf = (users: readonly AdminUser[]) => (users.length === 1 ? users[0]!.displayName : `${users.length} people`);

function grant(user: AdminUser): Act {
  const idempotencyKey = newId();
  return {
    title: `Grant credits to ${user.displayName}`,
    detail: `They have ${user.credits}.`,
    verb: 'Grant',
    amount: { label: 'Credits', max: 1_000_000 },
    targets: targetsOf([user]),
    run: (id, { amount, reason }) => admin.grantCredits(id, { amount, reason, idempotencyKey }),
    done: `${user.displayName} has more credits.`,
  };
}

const changeRole = (user: AdminUser): Act => ({
  title: user.role === 'admin' ? `Take the admin role from ${user.displayName}?` : `Make ${user.displayName} an admin?`,
  detail:
    user.role === 'admin' ? 'They use Atrium like everybody else from then on.' : 'Admins see and change all that you see and change here.',
  verb: user.role === 'admin' ? 'Take the role' : 'Make admin',
  isDangerous: true,
  targets: targetsOf([user]),
  run: (id, { reason }) => admin.updateUser(id, { role: user.role === 'admin' ? 'user' : 'admin', reason }),
  done: `The role of ${user.displayName} is changed.`,
});

const signOut = (users: readonly AdminUser[]): Act => ({
  title: `Sign ${namesOf(users)} out everywhere?`,
  detail: 'Every session and every access token ends at once. They can sign in again.',
  verb: 'Sign out',
  targets: targetsOf(users),
  run: (id, { reason }) => admin.signOut(id, reason),
  done: `Signed out: ${namesOf(users)}.`,
});

const disable = (users: readonly AdminUser[]): Act => ({
  title: `Disable ${namesOf(users)}?`,
  detail: 'Their sessions end at once, they cannot sign in, and rooms that they lead get another host. What they wrote stays.',
  verb: 'Disable',
  isDangerous: true,
  targets: targetsOf(users),
  run: (id, { reason }) => admin.updateUser(id, { disabled: true, reason }),
  done: `Disabled: ${namesOf(users)}.`,
});

const restore = (user: AdminUser): Act => ({
  title: `Restore ${user.displayName}?`,
  detail: `Disabled because: ${user.disabledReason ?? 'no reason is known'}. They can sign in again; rooms that they led stay with their new hosts.`,
  verb: 'Restore',
  targets: targetsOf([user]),
  run: (id, { reason }) => admin.updateUser(id, { disabled: false, reason }),
  done: `${user.displayName} can sign in again.`,
});
