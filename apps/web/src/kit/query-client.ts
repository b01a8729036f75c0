import { AtriumError } from '@atrium/client';
import { QueryClient } from '@tanstack/react-query';
import { i18n } from '../language/i18n.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 3 && AtriumError.from(error).retryable,
      retryDelay: (failures) => Math.min(8000, 500 * 2 ** failures),
      refetchOnWindowFocus: false,
      // Asked all the same while offline: the failure is shown, and the line's return asks again.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { retry: false },
  },
});

// What the bot says of its commands and reminders is in the language of who asks.
i18n.on('change', () => void queryClient.invalidateQueries());
