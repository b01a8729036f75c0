import type { ArgumentFault, ArgumentReason, Command, FieldError } from '@atrium/contracts';
import { i18n } from '../words/words.ts';

/** What is wrong with an argument, in words that follow its name. */
export const toldFault = ({ path, ...reason }: ArgumentFault): FieldError => ({ path, message: textOf(reason, path) });

/** What a place of a command is called for who reads of it. */
export function calledBy(command: Command, path: string): string {
  if (path === 'arguments') return i18n.t('what follows');
  return command.arguments.find(({ name }) => name === path)?.label ?? path;
}

/** Names of which one was meant. */
export const oneOf = (names: readonly string[]): string => names.reduce((one, other) => i18n.t('{one} or {other}', { one, other }));

function textOf(reason: ArgumentReason, path: string): string {
  switch (reason.kind) {
    case 'missing':
      return i18n.t('is missing: {description}', { description: reason.description });
    case 'choice':
      return i18n.t('must be one of {choices}', { choices: reason.choices.join(', ') });
    case 'number':
      return numberText(reason);
    case 'duration':
      return reason.min !== undefined
        ? i18n.t('must be {least} or more', { least: durationText(reason.min) })
        : i18n.t('must be at most {most}', { most: durationText(reason.max ?? 0) });
    case 'no_duration':
      return i18n.t('must be a duration such as 20m, 1h30m, 2 hours or 3d');
    case 'member':
      return i18n.t('must be a member, such as @ann');
    case 'blank':
      return i18n.t('must hold a visible character');
    case 'time':
      return reason.fault;
    case 'long':
      return reason.inParts
        ? i18n.t('must have at most {most} characters in each part', { most: reason.max })
        : i18n.t('must have at most {most} characters', { most: reason.max });
    case 'more':
      return path === 'arguments'
        ? i18n.t('must be left out, but there is "{rest}"', { rest: reason.rest })
        : i18n.t('must be the last, but "{rest}" follows it', { rest: reason.rest });
  }
}

function numberText({ min, max }: { min?: number | undefined; max?: number | undefined }): string {
  if (min !== undefined && max !== undefined) return i18n.t('must be a whole number from {min} to {max}', { min, max });
  if (min !== undefined) return i18n.t('must be a whole number, {min} or more', { min });
  return max === undefined ? i18n.t('must be a whole number') : i18n.t('must be a whole number, at most {max}', { max });
}

const NAMED_UNITS = [
  [86_400_000, (count: number) => i18n.t('{count, plural, one {# day} other {# days}}', { count })],
  [3_600_000, (count: number) => i18n.t('{count, plural, one {# hour} other {# hours}}', { count })],
  [60_000, (count: number) => i18n.t('{count, plural, one {# minute} other {# minutes}}', { count })],
] as const;

function durationText(milliseconds: number): string {
  const named = NAMED_UNITS.find(([unit]) => milliseconds % unit === 0 && milliseconds >= unit);
  if (named) return named[1](milliseconds / named[0]);
  return i18n.t('{count, plural, one {# second} other {# seconds}}', { count: milliseconds / 1000 });
}
