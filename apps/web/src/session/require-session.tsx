import { t } from '@lingui/core/macro';
import { Navigate, Outlet, useLocation } from 'react-router';
import { FirstPaint } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { session } from './session-store.ts';
import { useSession } from './use-session.ts';
import { problemText } from '../language/problem-text.ts';

/** Lets only a signed-in person through; others come back here after signing in. */
export function RequireSession() {
  const state = useSession();
  const { pathname, search } = useLocation();
  if (state.name === 'unknown') return <FirstPaint />;
  if (state.name === 'unreachable') {
    return (
      <Problem
        isPage
        title={t`Atrium cannot be reached`}
        detail={problemText(state.error)}
        action={t`Try again`}
        onAction={() => void session.resume()}
      />
    );
  }
  if (state.name === 'signed_out') {
    // Whoever signed out is done here; whoever comes next starts afresh.
    const next =
      state.ended === 'signed_out' || pathname === '/' || pathname === '/rooms' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }
  return <Outlet key={state.user.id} />;
}
