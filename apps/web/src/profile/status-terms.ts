import { t } from '@lingui/core/macro';

export type Term = 'never' | '30m' | '1h' | '4h' | 'today' | 'week';

export const terms = (): readonly { value: Term; label: string }[] => [
  { value: 'never', label: t`Never` },
  { value: '30m', label: 'In 30 minutes' },
  { value: '1h', label: t`In an hour` },
  { value: '4h', label: 'In 4 hours' },
  { value: 'today', label: t`Tonight` },
  { value: 'week', label: t`At the end of the week` },
];
const MINUTES: Partial<Record<Term, number>> = { '30m': 30, '1h': 60, '4h': 240 };

/** When a term that begins now is over; null for one that never is. */
export function endOf(term: Term, now: Date): string | null {
  if (term === 'never') return null;
  const minutes = MINUTES[term];
  if (minutes !== undefined) return new Date(now.getTime() + minutes * 60_000).toISOString();
  const end = new Date(now);
  // Weeks end on Sunday.
  if (term === 'week') end.setDate(end.getDate() + ((7 - end.getDay()) % 7));
  end.setHours(24, 0, 0, 0);
  return end.toISOString();
}
