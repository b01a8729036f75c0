import type { DirectoryUser } from '@atrium/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { client } from '../session/client.ts';

const SHOWN = 3;

/** A few people whose names answer what is typed. */
export function usePeopleCalled(typed: string): readonly DirectoryUser[] {
  const [query] = useDebouncedValue(typed, 150);
  const found = useQuery({
    queryKey: ['people-called', query],
    queryFn: () => client.users.find({ query: query.slice(0, 64), limit: SHOWN }),
    enabled: query.length >= 2,
    staleTime: 30_000,
  });
  return typed.length >= 2 ? (found.data?.items ?? []) : [];
}
