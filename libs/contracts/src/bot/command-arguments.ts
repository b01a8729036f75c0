import { hasInk, onOneLine } from '../ink.ts';
import type { Command, CommandArgument } from './commands.schema.ts';

/** A time that was read, and how many characters of the text say it; with the zone that they name, if they do. */
export type TimeRead = { at: Date; length: number; repeats?: unknown; timeZone?: string };
/** Why a text begins with no time that will do, as what follows the name of its place. */
export type TimeFault = { fault: string };
export type ArgumentValue = string | number | string[] | TimeRead;
/** What is wrong with what was written; the words for it are whose who shows it. */
export type ArgumentReason =
  | { kind: 'missing'; description: string }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'number' | 'duration'; min?: number | undefined; max?: number | undefined }
  | { kind: 'no_duration' | 'member' | 'blank' }
  | { kind: 'time'; fault: string }
  | { kind: 'long'; max: number; inParts: boolean }
  /** There is more than the command takes; `path` names the last place, or `arguments` where it takes none. */
  | { kind: 'more'; rest: string };
export type ArgumentFault = { path: string } & ArgumentReason;
export type ReadArguments = { values: Readonly<Record<string, ArgumentValue>>; flags: ReadonlySet<string>; fault: ArgumentFault | null };

/** What the fault of a command that takes nothing names. */
const NO_PLACE = 'arguments';

type TimeReader = (text: string) => TimeRead | TimeFault;

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const DURATION_PART = /^\s?(\d{1,6}(?:[.,]\d{1,3})?) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?=[\s\d]|$)/i;

/**
 * Reads what follows a command's name by the command's own description: the bot does before it runs one, and a page
 * while one is being written. Without `readTime` a time is whatever is left, unchecked.
 */
export function readArguments(command: Command, args: string, readTime?: TimeReader): ReadArguments {
  const { text, flags } = takeFlags(command, args);
  const values: Record<string, ArgumentValue> = {};
  let rest = text;
  const fail = (path: string, reason: ArgumentReason): ReadArguments => ({ values, flags, fault: { path, ...reason } });
  for (const argument of command.arguments) {
    if (!isThere(argument, values)) continue;
    if (rest === '') {
      if (argument.required) return fail(argument.name, { kind: 'missing', description: argument.description });
      continue;
    }
    const read = readOne(argument, rest, readTime);
    if ('kind' in read) {
      // A word that is no choice may be meant for the next place.
      if (argument.type === 'choice' && !argument.required && hasNext(command, argument, values)) continue;
      return fail(argument.name, read);
    }
    values[argument.name] = read.value;
    rest = rest.slice(read.length).trim();
  }
  if (rest === '') return { values, flags, fault: null };
  const last = command.arguments.findLast((argument) => argument.name in values);
  return fail(last?.name ?? NO_PLACE, { kind: 'more', rest: shorten(rest) });
}

/** The place of a command at which the end of `args` is: what to complete or to explain there. */
export function argumentAt(command: Command, args: string): CommandArgument | undefined {
  const settled = /\s$/.test(args) || args === '' ? args : args.replace(/\S+$/, '');
  const { values } = readArguments(command, settled);
  const open = command.arguments.filter((argument) => isThere(argument, values));
  const last = open.findLastIndex(({ name }) => name in values);
  // What was left out before a place that is written stays left out.
  const from = last >= 0 && takesTheRest(open[last]!) ? last : last + 1;
  return open[from];
}

type One = { value: ArgumentValue; length: number } | ArgumentReason;

function readOne(argument: CommandArgument, rest: string, readTime: TimeReader | undefined): One {
  const word = /^\S+/.exec(rest)?.[0] ?? '';
  switch (argument.type) {
    case 'number':
      return readNumber(argument, word);
    case 'choice': {
      const choices = argument.choices ?? [];
      const chosen = choices.find((choice) => choice.toLowerCase() === word.toLowerCase());
      return chosen === undefined ? { kind: 'choice', choices } : { value: chosen, length: word.length };
    }
    case 'duration': {
      const read = readDuration(rest);
      if (!read) return { kind: 'no_duration' };
      return isWithin(argument, read.value) ? read : outside('duration', argument, read.value);
    }
    case 'user':
    case 'member': {
      const name = word
        .replace(/^@/, '')
        .replace(/[,:;]$/, '')
        .toLowerCase();
      return /^[a-z0-9_.-]{1,32}$/.test(name) ? { value: name, length: word.length } : { kind: 'member' };
    }
    case 'time': {
      if (!readTime) return { value: rest, length: rest.length };
      const read = readTime(rest);
      return 'fault' in read ? { kind: 'time', fault: read.fault } : { value: read, length: read.length };
    }
    case 'text':
      return readText(argument, rest);
  }
}

/** Parts such as "1h 30m", each smaller than the one before: "5m 3d printers" is of five minutes. */
function readDuration(rest: string): { value: number; length: number } | null {
  let [value, length, last] = [0, 0, Infinity];
  for (;;) {
    const part = DURATION_PART.exec(rest.slice(length));
    const unit = UNITS[part?.[2]?.charAt(0).toLowerCase() ?? ''] ?? Infinity;
    if (!part || unit >= last) break;
    value += Math.round(Number(part[1]!.replace(',', '.')) * unit);
    length += part[0].length;
    last = unit;
  }
  return length === 0 || /^\d/.test(rest.slice(length)) ? null : { value, length };
}

function readNumber(argument: CommandArgument, word: string): One {
  const value = Number(word);
  if (/^-?\d{1,9}$/.test(word) && isWithin(argument, value)) return { value, length: word.length };
  return { kind: 'number', min: argument.min, max: argument.max };
}

const isWithin = ({ min, max }: CommandArgument, value: number): boolean =>
  !(min !== undefined && value < min) && !(max !== undefined && value > max);

/** The bound that a value is beyond. */
const outside = (kind: 'duration', { min, max }: CommandArgument, value: number): ArgumentReason =>
  min !== undefined && value < min ? { kind, min } : { kind, max };

/** A text that nobody could see says nothing: as an item of a list it is an empty one. */
function readText({ separator, max }: CommandArgument, rest: string): One {
  if (!hasInk(rest)) return { kind: 'blank' };
  const items = (separator === undefined ? [rest] : partsOf(rest, separator)).map((item) => (hasInk(item) ? item.trim() : ''));
  if (max !== undefined && items.some((item) => [...item].length > max)) return { kind: 'long', max, inParts: separator !== undefined };
  return { value: separator === undefined ? rest : items.map(onOneLine), length: rest.length };
}

const WIDE = 0xfee0;

/** The parts between bars, also wide ones, as East Asian keyboards have them; a backslash keeps the bar after it. */
function partsOf(text: string, separator: string): string[] {
  const bars = [separator, String.fromCharCode(separator.charCodeAt(0) + WIDE)];
  const parts = [''];
  for (const [token] of text.matchAll(/\\[^]|[^]/g)) {
    if (bars.includes(token)) parts.push('');
    else parts.push(parts.pop()! + (bars.includes(token.slice(1)) ? token.slice(1) : token));
  }
  return parts;
}

function isThere({ where }: CommandArgument, values: Readonly<Record<string, ArgumentValue>>): boolean {
  if (!where) return true;
  const said = values[where.argument];
  return where.says.includes(typeof said === 'string' ? said : null);
}

const takesTheRest = ({ type }: CommandArgument): boolean => type === 'text' || type === 'time';

const hasNext = (command: Command, argument: CommandArgument, values: Readonly<Record<string, ArgumentValue>>): boolean =>
  command.arguments.slice(command.arguments.indexOf(argument) + 1).some((later) => isThere(later, values));

/** Flags that every command has, and those of its own. */
const PUBLIC = 'public';

function takeFlags(command: Command, args: string): { text: string; flags: Set<string> } {
  const known = new Set([PUBLIC, ...(command.flags ?? []).map((flag) => flag.name)]);
  const flags = new Set<string>();
  const text = args.replace(/(^|\s)(?:--|—)([a-z]+)(?=\s|$)/giu, (whole, before: string, name: string) => {
    if (!known.has(name.toLowerCase())) return whole;
    flags.add(name.toLowerCase());
    return before;
  });
  return { text: text.trim(), flags };
}

const shorten = (text: string): string => ([...text].length > 40 ? `${[...text].slice(0, 39).join('')}…` : text);

/** The known names nearest to one that is not known, the best first; none that has little in common with it. */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const near = known.map((other) => ({
    other,
    distance: other.startsWith(name) || name.startsWith(other) ? 1 : editDistance(name, other),
  }));
  const close = near.filter(({ other, distance }) => distance <= Math.max(1, Math.floor(Math.max(name.length, other.length) / 2)));
  return close
    .sort((a, b) => a.distance - b.distance || a.other.localeCompare(b.other))
    .slice(0, 3)
    .map(({ other }) => other);
}

/** Insertions, deletions, replacements and swapped neighbours between two words. */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      rows[i]![j] = best;
    }
  }
  return rows[a.length]![b.length]!;
}
