/** What a summary is to cover. */
export type SummaryRange =
  { kind: 'unread' } | { kind: 'since'; at: Date; label: string } | { kind: 'last'; count: number } | { kind: 'thread' };

export const MAX_LAST = 500;

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Reads the arguments of `/summary`; null when they say nothing we know. */
export function parseSummaryRange(args: string, now: Date): SummaryRange | null {
  const words = args.toLowerCase().split(/\s+/).filter(Boolean);
  const [first, ...rest] = words;
  if (first === undefined) return { kind: 'unread' };
  if (first === 'thread' && rest.length === 0) return { kind: 'thread' };
  if (first === 'last') return parseLast(rest);
  if (first !== 'since' || rest.length === 0) return null;
  const at = parseWhen(rest.join(' '), now);
  return at && at < now ? { kind: 'since', at, label: args.trim().replace(/^since\s+/i, '') } : null;
}

function parseLast(words: readonly string[]): SummaryRange | null {
  const [number, unit = 'messages'] = words;
  if (!number || !/^\d{1,3}$/.test(number) || words.length > 2 || !/^messages?$/.test(unit)) return null;
  const count = Number(number);
  return count >= 1 && count <= MAX_LAST ? { kind: 'last', count } : null;
}

/** `2h`, `3 days`, `today`, `yesterday`, `14:30`, `2026-11-20`, `2026-11-20T14:30`; times are UTC. */
function parseWhen(when: string, now: Date): Date | null {
  const ago = /^(\d{1,4}) ?(m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)( ago)?$/.exec(when);
  if (ago) return new Date(now.getTime() - Number(ago[1]) * (UNITS[(ago[2] ?? '').charAt(0)] ?? 0));
  if (when === 'today') return startOfDay(now, 0);
  if (when === 'yesterday') return startOfDay(now, 1);
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(when);
  if (clock) return latestTime(now, Number(clock[1]), Number(clock[2]));
  return parseDate(when);
}

function parseDate(when: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[t ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)z?)?$/.exec(when);
  if (!match) return null;
  const date = new Date(`${match[1]}T${match[2] ?? '00:00'}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

const startOfDay = (now: Date, daysBack: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - daysBack));

/** The time of day as it was last: today, or yesterday when it is still to come. */
function latestTime(now: Date, hours: number, minutes: number): Date {
  const today = new Date(startOfDay(now, 0).getTime() + hours * 3_600_000 + minutes * 60_000);
  return today < now ? today : new Date(today.getTime() - 86_400_000);
}
