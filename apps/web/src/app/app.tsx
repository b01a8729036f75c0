import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router';
import { ErrorBoundary } from '../layout/error-boundary.tsx';
import { Problem } from '../layout/problem.tsx';
import { queryClient } from './query-client.ts';
import { Places } from './places.tsx';
import { theme } from './theme.ts';
import { Toasts } from './toasts.tsx';

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <ErrorBoundary
            show={
              <Problem
                isPage
                title="This page cannot be shown"
                detail="Something in it is broken. What you wrote is kept."
                action="Load it again"
                onAction={() => location.reload()}
              />
            }
          >
            <Places />
          </ErrorBoundary>
        </BrowserRouter>
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  );
}
