import type { ParsedInputOf, messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** A gateway repeats what it knows every 30 s; who is not repeated in time is gone. */
const HOLDS_SECONDS = 75;

/** Who has a page open, on any device at any gateway, and which rooms are before their eyes. */
@Injectable()
export class OpenPages {
  constructor(private readonly em: EntityManager) {}

  async report({ gatewayId, users }: ParsedInputOf<typeof messages.reportPages>): Promise<void> {
    if (users.length === 0) return;
    await this.em.execute(
      `with reported as (
         select * from jsonb_to_recordset(?::jsonb) as t ("userId" uuid, open boolean, "roomIds" uuid[])
       ), closed as (
         delete from open_pages o using reported r where o.user_id = r."userId" and o.gateway_id = ? and not r.open
       )
       insert into open_pages (user_id, gateway_id, room_ids, until)
       select "userId", ?, "roomIds", now() + make_interval(secs => ${HOLDS_SECONDS}) from reported where open
       on conflict (user_id, gateway_id) do update set room_ids = excluded.room_ids, until = excluded.until`,
      [JSON.stringify(users), gatewayId, gatewayId],
    );
  }
}
