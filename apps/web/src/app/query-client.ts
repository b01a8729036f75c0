import { AtriumError } from '@atrium/client';
import { QueryClient } from '@tanstack/react-query';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 3 && AtriumError.from(error).retryable,
      retryDelay: (failures) => Math.min(8000, 500 * 2 ** failures),
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
});
