import { t } from '@lingui/core/macro';
import { useShownStatus } from '../live/use-live.ts';

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
