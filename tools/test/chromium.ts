import { spawnSync } from 'node:child_process';
import { Refusal } from '../local/refusal.ts';
import { fetchFromApt } from '../local/servers/apt.ts';
import { findOnPath } from '../local/servers/find-server.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const find = () => names.map((name) => findOnPath(name)).find((path) => path !== undefined);

function installFromApt(): string | undefined {
  const apt = (args: string[]) =>
    spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'];
  if (!apt(install) && apt(['update'])) apt(install);
  return find();
}

/** The browser for the journeys: the one named, the system's, or on Debian one that is installed (as root) or unpacked now. */
export async function findChromium(report: (line: string) => void): Promise<string> {
  const present = process.env['CHROMIUM_PATH'] || find();
  if (present) return present;
  if (process.getuid?.() === 0 && findOnPath('apt-get')) {
    report('installing chromium for the browser tests');
    const installed = installFromApt();
    if (installed) return installed;
  }
  const fetched = await fetchFromApt('chromium', report);
  if (fetched) return fetched;
  throw new Refusal(
    'There is no browser for the end-to-end tests and no way to get one: install Chromium or Chrome, or set CHROMIUM_PATH to one.',
  );
}
