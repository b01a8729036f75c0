import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../refusal.ts';

/** Whom PostgreSQL runs as when we are root, which it refuses to be. */
export interface ServerUser {
  uid: number;
  gid: number;
  /** Set when a folder on the way is closed to that user (a clone below /root): they get in by this capability. */
  needsCapability: boolean;
}

interface Command {
  command: string;
  args: string[];
  uid?: number;
  gid?: number;
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  const ask = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  const [uid, gid] = [ask('-u'), ask('-g')];
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

/** Whether that user may pass through every folder above the path. */
function canReach(path: string, ids: { uid: number; gid: number }): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === ids.uid ? 0o100 : gid === ids.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The user to run as, given the files that it must reach; undefined when we are not root and run as ourselves. */
export function serverUser(reach: string[]): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ids = idsOf('postgres') ?? idsOf('nobody');
  if (!ids)
    throw new Refusal(
      'PostgreSQL refuses to run as root and there is no user "postgres" or "nobody": start Atrium as another user, or set DATABASE_URL.',
    );
  const needsCapability = !reach.every((path) => canReach(path, ids));
  if (needsCapability && spawnSync('setpriv', ['--version']).status !== 0) {
    throw new Refusal(
      'PostgreSQL refuses to run as root, and no other user may enter this folder: move it out of /root, or set DATABASE_URL.',
    );
  }
  return { ...ids, needsCapability };
}

/** The command line that runs something as that user. */
export function asAnotherUser(user: ServerUser | undefined, command: string, args: string[]): Command {
  if (!user) return { command, args };
  if (!user.needsCapability) return { command, args, uid: user.uid, gid: user.gid };
  const become = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  return { command: 'setpriv', args: [...become, '--', command, ...args] };
}
