import { Suspense, lazy } from 'react';
import { NavLink, Navigate, Route, Routes } from 'react-router';
import { PreferencesForm } from '../notifications/preferences-form.tsx';
import { PanelSkeleton } from '../layout/panel-skeleton.tsx';
import { BackLink } from '../rooms/back-link.tsx';
import { AccountData } from './account-data.tsx';
import { CreditsList } from './credits-list.tsx';
import { MeForm } from './me-form.tsx';
import styles from './profile.module.css';
import { Security } from './security.tsx';
import { SessionsList } from './sessions-list.tsx';
import { TokensList } from './tokens-list.tsx';

const BotsList = lazy(() => import('../bots/bots-list.tsx').then((m) => ({ default: m.BotsList })));

const PARTS = [
  { to: '/profile', label: 'You' },
  { to: '/profile/notifications', label: 'Notifications' },
  { to: '/profile/security', label: 'Security' },
  { to: '/profile/sessions', label: 'Sessions' },
  { to: '/profile/tokens', label: 'Tokens' },
  { to: '/profile/bots', label: 'Bots' },
  { to: '/profile/credits', label: 'Credits' },
  { to: '/profile/account', label: 'Your data' },
];

/** One's own account. */
export function ProfilePage() {
  return (
    <div className={styles.page}>
      <BackLink to="/rooms">All rooms</BackLink>
      <h1>Profile</h1>
      <nav className={styles.parts} aria-label="Profile">
        {PARTS.map(({ to, label }) => (
          <NavLink key={to} to={to} end>
            {label}
          </NavLink>
        ))}
      </nav>
      <Routes>
        <Route index element={<MeForm />} />
        <Route path="notifications" element={<PreferencesForm />} />
        <Route path="security" element={<Security />} />
        <Route path="tokens" element={<TokensList />} />
        <Route
          path="bots"
          element={
            <Suspense fallback={<PanelSkeleton />}>
              <BotsList />
            </Suspense>
          }
        />
        <Route path="sessions" element={<SessionsList />} />
        <Route path="credits" element={<CreditsList />} />
        <Route path="account" element={<AccountData />} />
        <Route path="*" element={<Navigate to="/profile" replace />} />
      </Routes>
    </div>
  );
}
