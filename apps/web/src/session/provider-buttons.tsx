import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client } from './client.ts';
import { nextPlace } from './next-place.ts';

/** Where else one can sign in; nothing when there is nowhere. */
export function ProviderButtons({ search }: { search: URLSearchParams }) {
  const providers = useQuery({
    queryKey: ['sign-in-providers'],
    queryFn: () => client.auth.providers(),
    staleTime: Infinity,
    retry: false,
  });
  return providers.data?.items.map(({ id, name }) => (
    <Button key={id} component="a" href={client.auth.providerUrl(id, nextPlace(search))} variant="default" fullWidth>
      {t`Sign in with ${name}`}
    </Button>
  ));
}
