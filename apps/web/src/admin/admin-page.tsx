import { t } from '@lingui/core/macro';
import { useEffect, useRef } from 'react';
import { NavLink, Navigate, Route, Routes, useLocation } from 'react-router';
import { NotHere } from '../kit/problem.tsx';
import { BackLink } from '../kit/back-link.tsx';
import { useMe } from '../session/use-session.ts';
import styles from './admin.module.css';
import { AuditSection } from './audit-section.tsx';
import { CreditsSection } from './credits-section.tsx';
import { FilesSection } from './files-section.tsx';
import { JobsSection } from './jobs-section.tsx';
import { MembersSection } from './members-section.tsx';
import { MessagesSection } from './messages-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { RoomsSection } from './rooms-section.tsx';
import { SystemSection } from './system-section.tsx';
import { StatsSection } from './stats-section.tsx';

const sections = () => [
  { path: 'people', label: t`People`, Section: PeopleSection },
  { path: 'rooms', label: t`Rooms`, Section: RoomsSection },
  { path: 'members', label: t`Members`, Section: MembersSection },
  { path: 'messages', label: t`Messages`, Section: MessagesSection },
  { path: 'files', label: t`Files`, Section: FilesSection },
  { path: 'jobs', label: t`Jobs`, Section: JobsSection },
  { path: 'credits', label: t`Credits`, Section: CreditsSection },
  { path: 'audit', label: t`Audit`, Section: AuditSection },
  { path: 'stats', label: t`Statistics`, Section: StatsSection },
  { path: 'system', label: t`System`, Section: SystemSection },
];

/** The console of those who answer for this server; to everybody else it is a page that does not exist. */
export function AdminPage() {
  const me = useMe();
  const { pathname } = useLocation();
  const parts = useRef<HTMLElement>(null);
  // On a phone the one that is open may stand beyond the edge.
  useEffect(
    () => parts.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'center' }),
    [pathname],
  );
  if (me.role !== 'admin') return <NotHere />;
  return (
    <div className={styles.page}>
      <BackLink to="/rooms">{t`All rooms`}</BackLink>
      <h1>{t`Administration`}</h1>
      <nav ref={parts} className={styles.parts} aria-label={t`Administration`}>
        {sections().map(({ path, label }) => (
          <NavLink key={path} to={`/admin/${path}`}>
            {label}
          </NavLink>
        ))}
      </nav>
      <Routes>
        <Route index element={<Navigate to="/admin/people" replace />} />
        {sections().map(({ path, Section }) => (
          <Route key={path} path={path} element={<Section key={path} />} />
        ))}
        <Route path="*" element={<Navigate to="/admin/people" replace />} />
      </Routes>
    </div>
  );
}
