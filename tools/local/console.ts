import { relative } from 'node:path';
import { adminCodeOf } from './admin-code.ts';
import type { Settings } from './settings.ts';

const started = performance.now();
const seconds = () => ((performance.now() - started) / 1000).toFixed(1).padStart(5);

/** One line of progress with the time since the start. */
export function say(line: string): void {
  process.stdout.write(`  ${seconds()} s  ${line}\n`);
}

/** What somebody wants to know once everything is up. */
export function summary(settings: Settings, demo: boolean, extra: string[] = []): string {
  const logs = relative(process.cwd(), settings.paths.logs) || '.';
  const lines = [
    `Atrium is ready: http://localhost:${settings.port}`,
    '',
    ...(demo ? ['  log in   ada (admin), grace or linus, password atrium-demo'] : []),
    ...admins(settings),
    ...extra,
    `  logs     ${logs}, one file per process`,
    '  stop     Ctrl-C; the data stays, npm run reset forgets it',
  ];
  return `\n${lines.join('\n')}\n\n`;
}

/** Those who are told to be admins and may have no account yet. */
function admins(settings: Settings): string[] {
  if (!settings.passedOn['ACCOUNTS_ADMINS']) return [];
  return [`  admins   ${settings.passedOn['ACCOUNTS_ADMINS']}: who has no account yet registers with the code ${adminCodeOf(settings)}`];
}
