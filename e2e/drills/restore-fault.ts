import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeBackup } from '../../tools/backup/backup.ts';
import { restoreBackup } from '../../tools/backup/restore.ts';
import { findSystem } from '../../tools/check/system.ts';
import type { History, Stored, View } from './history.ts';
import type { DrillSystem } from './system.ts';

const GOES_ON_MS = 5_000;

/** A time of which a restored system knows nothing: nobody was promised more. */
export interface Forgotten {
  from: number;
  to: number;
}

/** Backs up under load, goes on, and restores: the services know nothing of what happened in between, the clients do. */
export async function backUpAndRestore(system: DrillSystem): Promise<Forgotten> {
  const folder = await mkdtemp(join(tmpdir(), 'atrium-drill-backup-'));
  const silently = () => undefined;
  try {
    const from = Date.now();
    await makeBackup(findSystem(system.file.env), join(folder, 'made'), silently);
    await sleep(GOES_ON_MS);
    const services = system.file.processes.filter(({ kind }) => kind === 'service').map(({ name }) => name);
    await Promise.all(services.map((name) => system.stack.halt(name)));
    const { databaseUrl, s3 } = findSystem(system.file.env);
    const servers = { databaseUrl, s3, natsUrl: system.file.env['NATS_URL']!, redisUrl: system.file.env['REDIS_URL']! };
    try {
      await restoreBackup(servers, { folder: join(folder, 'made'), replace: true, endSessions: false }, silently);
      return { from, to: Date.now() };
    } finally {
      // A restore that fails is a finding of its own; the drills after it need a system that runs.
      await Promise.all(services.map((name) => system.stack.resume(name)));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes out of a history what was confirmed in a forgotten time, and what followed from it. */
export function forget(history: History, { from, to }: Forgotten): void {
  const isForgotten = (at: number) => at >= from && at <= to;
  const changed = new Set(history.changes.filter(({ at }) => isForgotten(at)).map(({ roomId, userId }) => `${roomId}/${userId}`));
  const isChanged = ({ roomId, userId }: { roomId: string; userId: string }) => changed.has(`${roomId}/${userId}`);
  history.sends = history.sends.filter((send) => !(send.acknowledged && isForgotten(send.acknowledged.at)));
  history.changes = history.changes.filter((change) => !isChanged(change));
  history.uploads = history.uploads.filter(({ at }) => !isForgotten(at));
}

/**
 * Takes out the lists of people who went before they heard that their room begins anew, or who were put out in that time
 * and are back in with another list: what they were shown of it is all they have. Whoever stayed was told.
 */
export function forgetLists(history: History, { from, to }: Forgotten, { members }: Pick<Stored, 'members'>): void {
  const keyOf = ({ roomId, userId }: { roomId: string; userId: string }) => `${roomId}/${userId}`;
  const inside = new Set(members.map(keyOf));
  const latest = new Map(history.views.map((view) => [keyOf(view), view]));
  const stays = (view: View) => inside.has(keyOf(view)) && latest.get(keyOf(view)) === view;
  history.views = history.views.filter((view) => stays(view) || !view.entries.some(({ at }) => at >= from && at <= to));
}
