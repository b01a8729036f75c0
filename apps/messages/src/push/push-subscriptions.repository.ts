import type { PushSubscription, PushSubscriptionInput } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** As long as a session lives without being renewed: a page that is opened says again that its device is to be told. */
const KEPT_FOR = '30 days';
const MOST_OF_ONE_PERSON = 20;

type Owner = { userId: string; sessionId: string };

/** The devices of people; an endpoint belongs to whoever named it last, since whoever used that browser before has left it. */
@Injectable()
export class PushSubscriptionsRepository {
  async save(
    tx: EntityManager,
    { userId, sessionId }: Owner,
    input: PushSubscriptionInput,
  ): Promise<PushSubscription & { isNew: boolean }> {
    const { endpoint, keys, language = null } = input;
    await tx.execute('delete from push_subscriptions where endpoint = ? and user_id <> ?', [endpoint, userId]);
    const [row] = await tx.execute<{ id: string; created_at: string; is_new: boolean }[]>(
      `insert into push_subscriptions (id, user_id, session_id, endpoint, p256dh, auth, language) values (?, ?, ?, ?, ?, ?, ?)
       on conflict (endpoint) do update
         set user_id = excluded.user_id, session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth,
           language = excluded.language, seen_at = now()
       returning id, created_at, xmax = 0 as is_new`,
      [uuidv7(), userId, sessionId, endpoint, keys.p256dh, keys.auth, language],
    );
    await tx.execute(
      `delete from push_subscriptions where id in (
         select id from push_subscriptions where user_id = ? order by seen_at desc, id desc offset ${MOST_OF_ONE_PERSON})`,
      [userId],
    );
    return { id: row!.id, endpoint, createdAt: new Date(row!.created_at).toISOString(), isNew: row!.is_new };
  }

  /** One of the person's, or all. */
  async removeOf(em: EntityManager, userId: string, endpoint: string | undefined): Promise<void> {
    await em.execute(
      `delete from push_subscriptions where user_id = ? ${endpoint === undefined ? '' : 'and endpoint = ?'}`,
      endpoint === undefined ? [userId] : [userId, endpoint],
    );
  }

  async removeOfSession(em: EntityManager, sessionId: string): Promise<void> {
    await em.execute('delete from push_subscriptions where session_id = ?', [sessionId]);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute(`delete from push_subscriptions where seen_at < now() - interval '${KEPT_FOR}'`);
  }
}
