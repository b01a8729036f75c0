import { clockTime, dayLabel } from '../time/format.ts';

/** A time to come, as one says it. */
export function whenText(at: string, now: number): string {
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  const day = dayLabel(at, now);
  const isTomorrow = new Date(at).toDateString() === tomorrow.toDateString();
  if (day === 'Today' || isTomorrow) return `${isTomorrow ? 'tomorrow' : 'today'} at ${clockTime(at)}`;
  return `on ${day} at ${clockTime(at)}`;
}

const MORNING = 9;

export type Suggestion = { label: string; at: Date };

/** Times that people often mean. */
export function suggestedTimes(now: Date): Suggestion[] {
  const morningAfter = (days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const inAnHour = new Date(Math.ceil((now.getTime() + 3_600_000) / 300_000) * 300_000);
  const times = [
    { label: 'In an hour', at: inAnHour },
    ...(now.getHours() < MORNING ? [{ label: 'This morning', at: morningAfter(0) }] : []),
    { label: 'Tomorrow morning', at: morningAfter(1) },
    ...(toMonday > 1 ? [{ label: 'Monday morning', at: morningAfter(toMonday) }] : []),
  ];
  return times;
}

/** As a field for a day and a time takes it, in the reader's own time. */
export function fieldTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
