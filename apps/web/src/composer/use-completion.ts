import type { Command, CommandCheck, DirectoryUser, Member } from '@atrium/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { queryClient } from '../kit/query-client.ts';
import { MEMBERS_PAGE, useMembers } from '../people/use-members.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { isComposing } from '../writing/is-composing.ts';
import {
  type Emoji,
  type PlaceToken,
  type Suggestion,
  type Token,
  commandHint,
  complete,
  needsCheck,
  placeAt,
  suggestChoices,
  suggestCommands,
  suggestEmoji,
  suggestMentions,
  suggestPeople,
  tokenAt,
} from '../writing/completion.ts';

type Completion = {
  suggestions: readonly Suggestion[];
  selected: number;
  /** How the command at hand is written, or that nothing answers it. */
  usage: string | undefined;
  select: (index: number) => void;
  take: (suggestion: Suggestion) => void;
  /** Whether the key was for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
};
type CompletionInput = { room: JoinedRoom; text: string; caret: number; replace: (text: string, caret: number) => void };

/** Suggestions at the caret, and what keys do with them. */
export function useCompletion({ room, text, caret, replace }: CompletionInput): Completion {
  const commands = useCommands(room, text);
  const place = placeAt(text, caret, commands);
  const token = place ?? tokenAt(text, caret);
  const tokenKey = token && `${token.kind}:${token.from}:${token.query}`;
  const [dismissed, setDismissed] = useState<string>();
  const [chosen, setChosen] = useState({ tokenKey, index: 0 });
  const others = useSuggestions(room, token, commands);
  const people = usePeople(room, place);
  const all = place?.kind === 'choice' ? suggestChoices(place.query, place.choices) : place ? suggestPeople(place.query, people) : others;
  const suggestions = dismissed === tokenKey ? [] : all;
  const selected = chosen.tokenKey === tokenKey ? Math.min(chosen.index, suggestions.length - 1) : 0;

  const take = (suggestion: Suggestion): void => {
    if (!token) return;
    const done = complete(text, token, suggestion);
    replace(done.text, done.caret);
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (suggestions.length === 0 || isComposing(event)) return false;
    const suggestion = suggestions[selected];
    if (event.key === 'ArrowDown') setChosen({ tokenKey, index: (selected + 1) % suggestions.length });
    else if (event.key === 'ArrowUp') setChosen({ tokenKey, index: (selected - 1 + suggestions.length) % suggestions.length });
    else if (event.key === 'Escape') setDismissed(tokenKey);
    else if ((event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey && suggestion) {
      // A command typed to its end is sent, not completed once more.
      if (event.key === 'Enter' && isWritten(text, place, suggestions)) return false;
      if (event.key === 'Enter' && suggestion.insert.trim() === text.trim()) return false;
      take(suggestion);
    } else return false;
    return true;
  };
  return {
    suggestions,
    selected,
    usage: commandHint(text, commands, room.botEnabled, useCommandCheck(room, text, commands)),
    select: (index) => setChosen({ tokenKey, index }),
    take,
    onKeyDown,
  };
}

/** The bot's commands, fetched when the first is being written. */
function useCommands(room: JoinedRoom, text: string): readonly Command[] {
  const known = useQuery({
    queryKey: ['commands', room.id],
    queryFn: () => client.bot.commands(room.id),
    enabled: room.botEnabled && text.startsWith('/'),
    staleTime: 5 * 60_000,
  });
  // What was fetched while the bot was on may still be there.
  return (room.botEnabled && known.data?.items) || NONE;
}

const NONE: readonly Command[] = [];

/** Whether the word at the end of a command is one of those offered, to its last letter. */
const isWritten = (text: string, place: PlaceToken | undefined, suggestions: readonly Suggestion[]): boolean =>
  place !== undefined && suggestions.some(({ insert }) => insert.trim() === text.slice(place.from, place.to));

/** Whom the place of a command may name. */
function usePeople(room: JoinedRoom, place: PlaceToken | undefined): readonly (Member | DirectoryUser)[] {
  const of = place?.kind === 'person' ? place.of : undefined;
  const { members } = useMembers(room.id, of === 'room' && room.memberCount > MEMBERS_PAGE ? (place?.query ?? '') : '');
  const found = useQuery({
    queryKey: ['people', 'named', place?.query],
    queryFn: () => client.users.find({ query: place?.query ?? '', limit: 20 }),
    enabled: of === 'directory' && place?.query !== '',
    placeholderData: (previous) => previous,
  });
  return of === 'directory' ? (found.data?.items ?? []) : members;
}

/** Those fetched so far: writing the first name between colons fetches them. */
export const knownEmoji = (): readonly Emoji[] => queryClient.getQueryData<readonly Emoji[]>(['emoji']) ?? [];

/** What could stand where something is being typed; emoji are fetched when they are first needed. */
function useSuggestions(room: JoinedRoom, token: Token | undefined, commands: readonly Command[]): readonly Suggestion[] {
  // Of a large room the page was shown only some; the server knows everyone.
  const { members } = useMembers(room.id, token?.kind === 'mention' && room.memberCount > MEMBERS_PAGE ? token.query : '');
  const emoji = useQuery({
    queryKey: ['emoji'],
    queryFn: () => import('../writing/emoji.ts').then((m) => m.EMOJI),
    enabled: token?.kind === 'emoji',
    staleTime: Number.POSITIVE_INFINITY,
  });
  switch (token?.kind) {
    case 'command':
      return suggestCommands(token.query, commands);
    case 'mention':
      return suggestMentions(token.query, members);
    case 'emoji':
      return suggestEmoji(token.query, emoji.data ?? []);
    default:
      return [];
  }
}

/** Long enough that nobody is told of a word that they are still writing. */
const PAUSE_MS = 500;

/** What the server reads in a command, and what is wrong there, once its writer pauses; undefined while they write. */
function useCommandCheck(room: JoinedRoom, text: string, commands: readonly Command[]): CommandCheck | undefined {
  const [settled] = useDebouncedValue(text, PAUSE_MS);
  const { data } = useQuery({
    queryKey: ['command-check', room.id, settled],
    queryFn: () => client.bot.check(room.id, { text: settled }),
    enabled: settled === text && needsCheck(settled, commands),
    gcTime: 60_000,
    // It is a hint: what the run itself says counts.
    retry: false,
  });
  return settled === text ? data : undefined;
}
