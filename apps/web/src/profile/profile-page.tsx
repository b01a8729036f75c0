import { t } from '@lingui/core/macro';
import { Suspense, lazy } from 'react';
import { NavLink, Navigate, Route, Routes } from 'react-router';
import { PreferencesForm } from '../notifications/preferences-form.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { BackLink } from '../kit/back-link.tsx';
import { AccountData } from './account-data.tsx';
import { CreditsList } from './credits-list.tsx';
import { LanguageSetting } from './language-setting.tsx';
import { MeForm } from './me-form.tsx';
import styles from './profile.module.css';
import { Security } from './security.tsx';
import { SessionsList } from './sessions-list.tsx';
import { TokensList } from './tokens-list.tsx';

const BotsList = lazy(() => import('./bots-list.tsx').then((m) => ({ default: m.BotsList })));

const parts = () => [
  { to: '/profile', label: t`You` },
  { to: '/profile/notifications', label: t`Notifications` },
  { to: '/profile/security', label: t`Security` },
  { to: '/profile/sessions', label: t`Sessions` },
  { to: '/profile/tokens', label: t`Tokens` },
  { to: '/profile/bots', label: t`Bots` },
  { to: '/profile/credits', label: t`Credits` },
  { to: '/profile/account', label: t`Your data` },
];

/** One's own account. */
export function ProfilePage() {
  return (
    <div className={styles.page}>
      <BackLink to="/rooms">{t`All rooms`}</BackLink>
      <h1>{t`Profile`}</h1>
      <nav className={styles.parts} aria-label={t`Profile`}>
        {parts().map(({ to, label }) => (
          <NavLink key={to} to={to} end>
            {label}
          </NavLink>
        ))}
      </nav>
      <Routes>
        <Route
          index
          element={
            <>
              <MeForm />
              <hr className={styles.rule} />
              <LanguageSetting />
            </>
          }
        />
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
