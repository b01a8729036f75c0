import { Link } from 'react-router';
import { Problem } from './problem.tsx';

export function NotHere({ what = 'This page', detail }: { what?: string; detail?: string }) {
  return (
    <Problem isPage title={`${what} is not here`} detail={detail ?? 'It may have moved, or the address may be mistyped.'}>
      <Link to="/rooms">Go to your rooms</Link>
    </Problem>
  );
}
