import { spawnSync } from 'node:child_process';
import { findOnPath } from '../local/servers/find-server.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const find = () => names.map((name) => findOnPath(name)).find((path) => path !== undefined);

function installFromApt(): void {
  const apt = (args: string[]) => spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'];
  if (apt(install)) return;
  apt(['update']);
  apt(install);
}

/** The browser for the journeys: the one named, the system's, or (as root on Debian) one installed now. */
export function findChromium(report: (line: string) => void): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  const present = find();
  if (present) return present;
  if (process.getuid?.() === 0 && findOnPath('apt-get')) {
    report('installing chromium for the browser tests');
    installFromApt();
  }
  const installed = find();
  if (!installed) report('there is no Chromium: install it or set CHROMIUM_PATH; the browser tests will fail');
  return installed;
}
