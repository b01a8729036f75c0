import { t } from '@lingui/core/macro';
import {
  argumentAt,
  nearestNames,
  readArguments,
  type Command,
  type CommandArgument,
  type CommandCheck,
  type DirectoryUser,
  type Member,
} from '@atrium/contracts';
import { mentionAt } from '@atrium/markup';
import { byName } from '../language/formats.ts';

export type Suggestion = { key: string; insert: string; label: string; hint: string; userId?: string };
export type Emoji = { name: string; sign: string };
export type Token = { kind: 'command' | 'choice' | 'person' | 'mention' | 'emoji'; query: string; from: number; to: number };

const SHOWN = 8;
/** As the registry lets commands be called: those of other bots have digits and underscores. */
const NAME = '[a-z][a-z0-9_-]{0,31}';
const COMMAND_BEGUN = new RegExp(`^/((?:${NAME})?)$`, 'i');
const COMMAND_NAMED = new RegExp(`^/(${NAME})\\s`, 'i');
const allGroups = (): Suggestion[] => [
  { key: '@here', insert: '@here ', label: '@here', hint: t`everyone who is online` },
  { key: '@room', insert: '@room ', label: '@room', hint: t`everyone in the room` },
  { key: '@moderators', insert: '@moderators ', label: '@moderators', hint: t`the host and moderators` },
];

/** What is being typed at the caret that can be completed: a command at the very start, a mention or an emoji anywhere. */
export function tokenAt(text: string, caret: number): Token | undefined {
  const before = text.slice(0, caret);
  const command = COMMAND_BEGUN.exec(before);
  if (command) return { kind: 'command', query: (command[1] ?? '').toLowerCase(), from: 0, to: caret };
  // From two characters on, so that times, lists and `:)` are left alone; closed by a colon it is taken as it stands.
  const emoji = /(?:^|\s):([a-z0-9_+-]{2,32}:?)$/i.exec(before);
  if (emoji) return { kind: 'emoji', query: (emoji[1] ?? '').toLowerCase(), from: caret - (emoji[1] ?? '').length - 1, to: caret };
  const mention = mentionAt(before);
  return mention && { kind: 'mention', query: fold(mention.query), from: mention.from, to: caret };
}

/** The command being given arguments, once its name is complete: what to write next. */
export function commandInUse(text: string, commands: readonly Command[]): Command | undefined {
  const name = COMMAND_NAMED.exec(text)?.[1]?.toLowerCase();
  return name === undefined ? undefined : commands.find((command) => command.name === name);
}

/**
 * What stands below the field while a command is written: how it goes on, or what is wrong with it. `//` and paths are
 * text. What only the server can read, the times and who is in the room, is in `check` once it answered.
 */
export function commandHint(text: string, commands: readonly Command[], botEnabled: boolean, check?: CommandCheck): string | undefined {
  if (!botEnabled)
    return COMMAND_BEGUN.test(text.split(/\s/, 1)[0] ?? '') ? t`The bot is off in this room: nothing answers commands` : undefined;
  const command = commandInUse(text, commands);
  if (!command) return unknownHint(text, commands);
  const args = argumentsOf(text);
  const place = argumentAt(command, args);
  const told = check?.fault;
  // What is still being written is no fault yet.
  const isBegun = !/\s$/.test(args) && told?.path === place?.name && place?.type !== 'member' && place?.type !== 'time';
  const called = (name: string): string =>
    name === 'arguments' ? t`what follows` : (command.arguments.find((argument) => argument.name === name)?.label ?? name);
  const fault = told && `${called(told.path)} ${told.message}`;
  if (fault && !told.missing && !isBegun) return fault;
  const [read] = check?.reads ?? [];
  if (read) return `${called(read.argument)}: ${read.text}${fault ? ` · ${fault}` : ''}`;
  return place ? `${command.usage} · ${called(place.name)}: ${place.description}` : command.usage;
}

/** Of a name that is no command's, once it is written to its end. */
function unknownHint(text: string, commands: readonly Command[]): string | undefined {
  const name = commands.length > 0 ? COMMAND_NAMED.exec(text)?.[1]?.toLowerCase() : undefined;
  if (name === undefined) return undefined;
  const near = nearestNames(
    name,
    commands.map((command) => command.name),
  ).map((one) => `/${one}`);
  return near.length > 0 ? t`There is no command /${name}. Did you mean ${near.join(t` or `)}?` : t`There is no command /${name}`;
}

/** Whether there is something in a command that only the server can read, or that is wrong: it has the words for that. */
export function needsCheck(text: string, commands: readonly Command[]): boolean {
  const command = commandInUse(text, commands);
  if (command === undefined || argumentsOf(text).trim() === '') return false;
  if (command.arguments.some(({ type }) => type === 'time' || type === 'member')) return true;
  const { fault } = readArguments(command, argumentsOf(text));
  return fault !== null && fault.kind !== 'missing';
}

const argumentsOf = (text: string): string => text.replace(/^\/\S+\s/, '');

/** What the word at the end of a command may be: one of a few, or somebody of the room or of the directory. */
export type PlaceToken = Token & ({ kind: 'choice'; choices: readonly string[] } | { kind: 'person'; of: 'room' | 'directory' });

/** A place of a command that takes one of a few words or a person, while it is being written at the end; or a flag. */
export function placeAt(text: string, caret: number, commands: readonly Command[]): PlaceToken | undefined {
  const command = caret === text.length ? commandInUse(text, commands) : undefined;
  if (!command) return undefined;
  const word = /\S*$/.exec(text)?.[0] ?? '';
  const token = { query: word.toLowerCase(), from: caret - word.length, to: caret };
  if (/^--[a-z]*$/i.test(word)) return { ...token, kind: 'choice', choices: flagsOf(command) };
  const place: CommandArgument | undefined = argumentAt(command, argumentsOf(text));
  if (place?.type === 'choice') return { ...token, kind: 'choice', choices: place.choices ?? [] };
  if (place?.type === 'member') return { ...token, kind: 'person', query: fold(word.replace(/^[@＠]/, '')), of: 'room' };
  return place?.type === 'user' ? { ...token, kind: 'person', query: fold(word.replace(/^[@＠]/, '')), of: 'directory' } : undefined;
}

const flagsOf = ({ flags = [], posts }: Command): string[] =>
  [...flags.map(({ name }) => name), ...(posts ? [] : ['public'])].map((name) => `--${name}`);

export const suggestChoices = (query: string, choices: readonly string[]): Suggestion[] =>
  choices.filter((choice) => choice.startsWith(query)).map((choice) => ({ key: choice, insert: `${choice} `, label: choice, hint: '' }));

export function suggestCommands(query: string, commands: readonly Command[]): Suggestion[] {
  return commands
    .filter((command) => command.name.startsWith(query))
    .slice(0, SHOWN)
    .map((command) => ({ key: command.name, insert: `/${command.name} `, label: command.usage, hint: command.description }));
}

type Somebody = Pick<Member | DirectoryUser, 'id' | 'username' | 'displayName'>;

export function suggestMentions(query: string, members: readonly Member[]): Suggestion[] {
  const groups = allGroups().filter((group) => group.label.slice(1).startsWith(query));
  return [...suggestPeople(query, members).slice(0, SHOWN - groups.length), ...groups];
}

export function suggestPeople(query: string, people: readonly Somebody[]): Suggestion[] {
  return people
    .map((person) => ({ person, rank: rankOf(person, query) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || byName(a.person.displayName, b.person.displayName))
    .slice(0, SHOWN)
    .map(({ person: { id, username, displayName } }) => ({
      key: id,
      insert: `@${username} `,
      label: displayName,
      hint: `@${username}`,
      userId: id,
    }));
}

export function suggestEmoji(query: string, emoji: readonly Emoji[]): Suggestion[] {
  const name = query.replace(/:$/, '');
  const found = query.endsWith(':')
    ? emoji.filter((one) => one.name === name)
    : [...emoji.filter((one) => one.name.startsWith(name)), ...emoji.filter((one) => one.name.indexOf(name) > 0)];
  return found.slice(0, SHOWN).map((one) => ({ key: one.name, insert: `${one.sign} `, label: one.sign, hint: `:${one.name}:` }));
}

/** Case and accents aside, as people type names. */
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function rankOf(member: Somebody, query: string): number {
  if (member.username.startsWith(query)) return 3;
  const name = fold(member.displayName);
  if (name.startsWith(query) || name.split(/[\s.'-]+/).some((word) => word.startsWith(query))) return 2;
  return query.length > 1 && (member.username.includes(query) || name.includes(query)) ? 1 : 0;
}

/** The text with the token replaced, and where the caret goes. */
export function complete(text: string, token: Token, suggestion: Suggestion): { text: string; caret: number } {
  const rest = text.slice(token.to).replace(/^ /, '');
  return { text: text.slice(0, token.from) + suggestion.insert + rest, caret: token.from + suggestion.insert.length };
}
