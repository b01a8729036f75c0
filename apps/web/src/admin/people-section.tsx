import { plural, t } from '@lingui/core/macro';
import { newId } from '@atrium/client';
import type { AdminUser } from '@atrium/contracts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Time } from '../time/time.tsx';
import { type Act, ActMenu, type MenuItem, ReasonDialog } from './acts.tsx';
import { admin, useAdminList } from './admin-api.ts';
import { AdminTable, type Column } from './admin-table.tsx';
import styles from './admin.module.css';
import { type Choice, ListBar, useFilters } from './list-bar.tsx';

const allChoices = (): Choice[] => [
  {
    name: 'role',
    label: t`Any role`,
    options: [
      { value: 'admin', label: t`Admins` },
      { value: 'user', label: t`Users` },
    ],
  },
  {
    name: 'disabled',
    label: t`Any state`,
    options: [
      { value: 'false', label: t`Active` },
      { value: 'true', label: t`Disabled` },
    ],
  },
];

const allColumns = (): Column<AdminUser>[] => [
  {
    title: t`Name`,
    show: (user) => (
      <span className={styles.name}>
        {user.displayName} <small>@{user.username}</small>
      </span>
    ),
  },
  { title: 'E-mail', show: (user) => user.email ?? '–' },
  { title: t`Role`, show: (user) => user.role },
  { title: t`State`, show: (user) => (user.disabledAt ? <Disabled user={user} /> : 'active') },
  { title: t`Credits`, isNumber: true, show: (user) => user.credits },
  { title: t`Sessions`, isNumber: true, show: (user) => user.sessions },
  { title: t`Last seen`, show: (user) => (user.lastSeenAt ? <Time at={user.lastSeenAt} /> : '–') },
  { title: t`Joined`, show: (user) => <Time at={user.createdAt} /> },
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
    { label: t`Their rooms`, go: () => void navigate(`/admin/members?userId=${user.id}`) },
    { label: t`Their credits`, go: () => void navigate(`/admin/credits?userId=${user.id}`) },
    { label: t`What was done to them`, go: () => void navigate(`/admin/audit?targetId=${user.id}`) },
    { label: t`What they did`, go: () => void navigate(`/admin/audit?actor=${user.username}`) },
  ];
  return (
    <>
      <ListBar search={t`Name, username, e-mail or id`} choices={allChoices()}>
        {chosen.length > 0 && (
          <>
            <Button variant="default" onClick={() => setAct(signOut(chosen))}>
              {t`Sign out ${chosen.length}`}
            </Button>
            <Button variant="light" color="red" onClick={() => setAct(disable(chosen))}>
              {t`Disable ${chosen.length}`}
            </Button>
          </>
        )}
      </ListBar>
      <AdminTable
        caption={t`People`}
        list={list}
        idOf={({ id }) => id}
        nameOf={({ displayName }) => displayName}
        columns={allColumns()}
        selection={{ ids, set: setIds }}
        acts={(user) => <ActMenu name={user.displayName} items={[...actsOn(user), ...more(user)]} open={setAct} />}
        empty={t`Nobody matches this.`}
      />
      <ReasonDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}

function Disabled({ user }: { user: AdminUser }) {
  return (
    <span className={styles.bad} title={user.disabledReason ?? undefined}>
      {t`disabled`}
    </span>
  );
}

const actsOn = (user: AdminUser): MenuItem[] => [
  { label: t`Grant credits`, act: grant(user) },
  { label: user.role === 'admin' ? t`Take the admin role` : t`Make admin`, act: changeRole(user) },
  { label: t`Sign out everywhere`, act: signOut([user]) },
  user.disabledAt ? { label: t`Restore`, act: restore(user) } : { label: t`Disable`, isDangerous: true, act: disable([user]) },
];

const targetsOf = (users: readonly AdminUser[]) => users.map(({ id, displayName }) => ({ id, name: displayName }));
const namesOf = (users: readonly AdminUser[]) =>
  users.length === 1 ? users[0]!.displayName : plural(users.length, { one: '# person', other: '# people' });

function grant(user: AdminUser): Act {
  const idempotencyKey = newId();
  return {
    title: t`Grant credits to ${user.displayName}`,
    detail: t`They have ${user.credits}.`,
    verb: t`Grant`,
    amount: { label: t`Credits`, max: 1_000_000 },
    targets: targetsOf([user]),
    run: (id, { amount, reason }) => admin.grantCredits(id, { amount, reason, idempotencyKey }),
    done: t`${user.displayName} has more credits.`,
  };
}

const changeRole = (user: AdminUser): Act => ({
  title: user.role === 'admin' ? t`Take the admin role from ${user.displayName}?` : t`Make ${user.displayName} an admin?`,
  detail:
    user.role === 'admin'
      ? t`They use Atrium like everybody else from then on.`
      : t`Admins see and change all that you see and change here.`,
  verb: user.role === 'admin' ? t`Take the role` : t`Make admin`,
  isDangerous: true,
  targets: targetsOf([user]),
  run: (id, { reason }) => admin.updateUser(id, { role: user.role === 'admin' ? 'user' : 'admin', reason }),
  done: t`The role of ${user.displayName} is changed.`,
});

const signOut = (users: readonly AdminUser[]): Act => ({
  title: t`Sign ${namesOf(users)} out everywhere?`,
  detail: t`Every session and every access token ends at once. They can sign in again.`,
  verb: t`Sign out`,
  targets: targetsOf(users),
  run: (id, { reason }) => admin.signOut(id, reason),
  done: t`Signed out: ${namesOf(users)}.`,
});

const disable = (users: readonly AdminUser[]): Act => ({
  title: t`Disable ${namesOf(users)}?`,
  detail: t`Their sessions end at once, they cannot sign in, and rooms that they lead get another host. What they wrote stays.`,
  verb: t`Disable`,
  isDangerous: true,
  targets: targetsOf(users),
  run: (id, { reason }) => admin.updateUser(id, { disabled: true, reason }),
  done: `Disabled: ${namesOf(users)}.`,
});

const restore = (user: AdminUser): Act => ({
  title: t`Restore ${user.displayName}?`,
  detail: t`Disabled because: ${user.disabledReason ?? t`no reason is known`}. They can sign in again; rooms that they led stay with their new hosts.`,
  verb: t`Restore`,
  targets: targetsOf([user]),
  run: (id, { reason }) => admin.updateUser(id, { disabled: false, reason }),
  done: t`${user.displayName} can sign in again.`,
});
