import type { Command, CommandCheck } from '@atrium/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { needsCheck } from '../writing/completion.ts';

/** Long enough that nobody is told of a word that they are still writing. */
const PAUSE_MS = 500;

/** What the server reads in a command, and what is wrong there, once its writer pauses; undefined while they write. */
export function useCommandCheck(room: JoinedRoom, text: string, commands: readonly Command[]): CommandCheck | undefined {
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
