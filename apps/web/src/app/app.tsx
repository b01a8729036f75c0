import { t } from '@lingui/core/macro';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router';
import { loadAgain } from '../device/load-again.ts';
import { ErrorBoundary } from '../kit/error-boundary.tsx';
import { useLanguage } from '../language/language.ts';
import { Problem } from '../kit/problem.tsx';
import { queryClient } from '../kit/query-client.ts';
import { Places } from './places.tsx';
import { theme } from './theme.ts';
import { Toasts } from '../kit/toasts.tsx';

export function App() {
  // In another language the page is another page: words are read where they are shown, by whatever shows them.
  const language = useLanguage();
  return (
    <DirectionProvider key={language}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <BrowserRouter>
            <ErrorBoundary
              show={
                <Problem
                  isPage
                  title={t`This page cannot be shown`}
                  detail={t`Something in it is broken. What you wrote is kept.`}
                  action={t`Load it again`}
                  onAction={() => void loadAgain()}
                />
              }
            >
              <Places />
            </ErrorBoundary>
          </BrowserRouter>
          <Toasts />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
