import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { Problem } from './problem.tsx';

export function NotHere({ what = t`This page`, detail }: { what?: string; detail?: string }) {
  return (
    <Problem isPage title={t`${what} is not here`} detail={detail ?? t`It may have moved, or the address may be mistyped.`}>
      <Link to="/rooms">{t`Go to your rooms`}</Link>
    </Problem>
  );
}
