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
