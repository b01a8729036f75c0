import { type Message, webhookPostOf } from '@atrium/contracts';
import { Skeleton } from '@mantine/core';
import { usePerson } from '../live/use-live.ts';

export function PersonName({ userId, className }: { userId: string; className?: string | undefined }) {
  const person = usePerson(userId);
  if (!person) return <Skeleton component="span" display="inline-block" width={88} height={12} radius={6} />;
  return (
    <span className={className} title={`@${person.username}`}>
      {person.displayName}
    </span>
  );
}

/** By what name the author of a message goes: a program's is the one it posted under. */
export const authorName = (message: Message, nameOf: (userId: string) => string): string =>
  webhookPostOf(message)?.sender ?? nameOf(message.authorId);
