import { argumentAt, readArguments, type Command, type Member } from '@atrium/contracts';
import { mentionAt } from '@atrium/markup';

export type Suggestion = { key: string; insert: string; label: string; hint: string; userId?: string };
export type Emoji = { name: string; sign: string };
export type Token = { kind: 'command' | 'choice' | 'mention' | 'emoji'; query: string; from: number; to: number };

const SHOWN = 8;
/** As the registry lets commands be called: those of other bots have digits and underscores. */
const NAME = '[a-z][a-z0-9_-]{0,31}';
const COMMAND_BEGUN = new RegExp(`^/((?:${NAME})?)$`, 'i');
const COMMAND_NAMED = new RegExp(`^/(${NAME})\\s`, 'i');
const GROUPS: Suggestion[] = [
  { key: '@here', insert: '@here ', label: '@here', hint: 'everyone who is online' },
  { key: '@room', insert: '@room ', label: '@room', hint: 'everyone in the room' },
  { key: '@moderators', insert: '@moderators ', label: '@moderators', hint: 'the host and moderators' },
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

/** What stands below the field while a command is written: how it goes on, or what is wrong with it. `//` and paths are text. */
export function commandHint(text: string, commands: readonly Command[], botEnabled: boolean): string | undefined {
  if (!botEnabled)
    return COMMAND_BEGUN.test(text.split(/\s/, 1)[0] ?? '') ? 'The bot is off in this room: nothing answers commands' : undefined;
  const command = commandInUse(text, commands);
  if (!command) return undefined;
  const args = argumentsOf(text);
  const place = argumentAt(command, args);
  const { fault } = readArguments(command, args);
  const isWrong = fault && !fault.message.startsWith('is missing') && (/\s$/.test(args) || fault.path !== place?.name);
  if (isWrong) return `${fault.path} ${fault.message}`;
  return place ? `${command.usage} · ${place.name}: ${place.description}` : command.usage;
}

const argumentsOf = (text: string): string => text.replace(/^\/\S+\s/, '');

/** A place of a command that takes one of a few words, while one of them is being written at the end. */
export function choiceAt(text: string, caret: number, commands: readonly Command[]): (Token & { choices: readonly string[] }) | undefined {
  const command = caret === text.length ? commandInUse(text, commands) : undefined;
  const place = command && argumentAt(command, argumentsOf(text));
  if (place?.type !== 'choice') return undefined;
  const query = /\S*$/.exec(text)?.[0] ?? '';
  return { kind: 'choice', query: query.toLowerCase(), from: caret - query.length, to: caret, choices: place.choices ?? [] };
}

export const suggestChoices = (query: string, choices: readonly string[]): Suggestion[] =>
  choices.filter((choice) => choice.startsWith(query)).map((choice) => ({ key: choice, insert: `${choice} `, label: choice, hint: '' }));

export function suggestCommands(query: string, commands: readonly Command[]): Suggestion[] {
  return commands
    .filter((command) => command.name.startsWith(query))
    .slice(0, SHOWN)
    .map((command) => ({ key: command.name, insert: `/${command.name} `, label: command.usage, hint: command.description }));
}

export function suggestMentions(query: string, members: readonly Member[]): Suggestion[] {
  const people = members
    .map((member) => ({ member, rank: rankOf(member, query) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || a.member.displayName.localeCompare(b.member.displayName))
    .map(({ member }) => ({
      key: member.id,
      insert: `@${member.username} `,
      label: member.displayName,
      hint: `@${member.username}`,
      userId: member.id,
    }));
  const groups = GROUPS.filter((group) => group.label.slice(1).startsWith(query));
  return [...people.slice(0, SHOWN - groups.length), ...groups];
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

function rankOf(member: Member, query: string): number {
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
