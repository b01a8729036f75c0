import { t } from '@lingui/core/macro';
import { useStatus } from '../live/use-live.ts';

const words = () => ({ online: t`Online`, away: t`Away`, dnd: t`Do not disturb`, offline: t`Offline` }) as const;

/** Whether somebody is here now, in a word. */
export function Presence({ userId }: { userId: string }) {
  const status = useStatus(userId);
  return status && <span>{words()[status]}</span>;
}
