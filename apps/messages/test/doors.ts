import { messages, type Call, type InputOf, type OutputOf, type Rpc } from '@atrium/contracts';
import { RequestContext } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import type { INestMicroservice, Type } from '@nestjs/common';
import { ChangesRpc } from '../src/changes/changes.rpc.ts';
import { NotificationsRpc } from '../src/notifications/notifications.rpc.ts';
import { OpenPagesRpc } from '../src/pages/open-pages.rpc.ts';
import { PreferencesRpc } from '../src/preferences/preferences.rpc.ts';
import { ReactionsRpc } from '../src/reactions/reactions.rpc.ts';
import { ReadingRpc } from '../src/reading/reading.rpc.ts';
import { SendsRpc } from '../src/sends/sends.rpc.ts';
import { ThreadsRpc } from '../src/threads/threads.rpc.ts';

type Handle = (input: unknown, call: Call) => Promise<unknown>;

const DOORS: [Rpc, Type<object>, method: string][] = [
  [messages.edit, ChangesRpc, 'edit'],
  [messages.remove, ChangesRpc, 'remove'],
  [messages.react, ReactionsRpc, 'react'],
  [messages.follow, ThreadsRpc, 'follow'],
  [messages.setNotify, PreferencesRpc, 'setNotify'],
  [messages.setPreferences, PreferencesRpc, 'set'],
  [messages.notifications, NotificationsRpc, 'list'],
  [messages.reportPages, OpenPagesRpc, 'reportPages'],
  [messages.activity, ReadingRpc, 'activity'],
  [messages.heads, ReadingRpc, 'heads'],
  [messages.markRead, ReadingRpc, 'markRead'],
];

/** PostgreSQL's code for it. */
const LOCK_TIMEOUT = '55P03';

/**
 * Calls an instance in its own process, for tests that make thousands of calls: they cost what the work costs, and none
 * is given up because the machine is busy.
 */
export async function callInside<R extends Rpc>(app: INestMicroservice, rpc: R, input: InputOf<R>, actorId?: string): Promise<OutputOf<R>> {
  const call: Call = { requestId: 'inside', deadlineAt: Date.now() + 600_000, ...(actorId !== undefined && { actorId }) };
  const parsed = rpc.input.parse(input) as never;
  const handle = () => RequestContext.create(app.get(EntityManager), () => answer(app, rpc, parsed, call)) as Promise<OutputOf<R>>;
  for (;;) {
    try {
      return await handle();
    } catch (error) {
      // Nothing was done; callers of the service are told to come again.
      if ((error as { code?: string }).code !== LOCK_TIMEOUT) throw error;
    }
  }
}

async function answer(app: INestMicroservice, rpc: Rpc, input: never, call: Call): Promise<unknown> {
  if (rpc === (messages.send as Rpc)) {
    const [receipt] = await app.get(SendsRpc).send([{ input, call }]);
    if (receipt instanceof Error) throw receipt;
    return receipt;
  }
  const door = DOORS.find(([answered]) => answered === rpc);
  if (!door) throw new Error(`${rpc.subject} has no door among these`);
  const handler = app.get<Record<string, Handle>>(door[1]);
  return handler[door[2]]!(input, call);
}
