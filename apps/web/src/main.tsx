import '@fontsource-variable/inter/index.css';
import './app/global.css';
import './app/mantine.css';
import './app/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { showLanguage } from './language/language.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
function start(): void {
  createRoot(root!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
// English needs nothing to be fetched.
const words = showLanguage(document.documentElement.lang);
if (words) void words.then(start);
else start();

// After what is looked at first. While one works on the page, each load is to show what was just written.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const keepPage = () => void import('./app/start.ts').then(({ startDevice }) => startDevice());
  window.addEventListener('load', () => (window.requestIdleCallback ?? setTimeout)(keepPage));
}
