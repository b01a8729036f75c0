import { t } from '@lingui/core/macro';
import { clockTime, dayKey, dayLabel } from '../time/format.ts';

/** A time to come, as one says it. */
export function whenText(at: string, now: number): string {
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  const day = dayLabel(at, now);
  const isTomorrow = new Date(at).toDateString() === tomorrow.toDateString();
  const time = clockTime(at);
  if (isTomorrow) return t`tomorrow at ${time}`;
  return dayKey(at) === dayKey(new Date(now).toISOString()) ? t`today at ${time}` : t`on ${day} at ${time}`;
}

const MORNING = 9;

export type Suggestion = { label: string; at: Date };

/** Times that people often mean. */
export function suggestedTimes(now: Date): Suggestion[] {
  const morningAfter = (days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const inAnHour = new Date(Math.ceil((now.getTime() + 3_600_000) / 300_000) * 300_000);
  const times = [
    { label: t`In an hour`, at: inAnHour },
    ...(now.getHours() < MORNING ? [{ label: t`This morning`, at: morningAfter(0) }] : []),
    { label: t`Tomorrow morning`, at: morningAfter(1) },
    ...(toMonday > 1 ? [{ label: t`Monday morning`, at: morningAfter(toMonday) }] : []),
  ];
  return times;
}

/** As a field for a day and a time takes it, in the reader's own time. */
export function fieldTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
