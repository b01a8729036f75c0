import { t } from '@lingui/core/macro';
import { useShownStatus, useStatus } from '../live/use-live.ts';

const words = () => ({ online: t`Online`, away: t`Away`, dnd: t`Do not disturb`, offline: t`Offline` }) as const;

/** Whether somebody is here now, in a word. */
export function Presence({ userId }: { userId: string }) {
  const status = useStatus(userId);
  return status && <span>{words()[status]}</span>;
}

/** The emoji of somebody's status, with its words for who points at it or does not see. */
export function StatusSign({ userId, className }: { userId: string; className?: string | undefined }) {
  const { statusEmoji, statusText } = useShownStatus(userId);
  if (!statusEmoji) return null;
  return (
    <span role="img" aria-label={t`Status: ${statusText || statusEmoji}`} title={statusText || undefined} className={className}>
      {statusEmoji}
    </span>
  );
}
