import type { ParsedInputOf, messages } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';

/** A gateway repeats what it knows every 30 s; who is not repeated in time is gone. */
const HOLDS_SECONDS = 75;
/** Longer than any report is under way. */
const FORGOTTEN_AFTER = '1 hour';

/** Who has a page open, on any device at any gateway, and which rooms are before their eyes. */
@Injectable()
export class OpenPages {
  constructor(private readonly em: EntityManager) {}

  /** Who has closed all is kept for a while, so that an older report that comes later does not open them again. */
  async report({ gatewayId, report, users }: ParsedInputOf<typeof messages.reportPages>): Promise<void> {
    if (users.length === 0) return;
    await this.em.execute(
      `with reported as (
         select * from jsonb_to_recordset(?::jsonb) as t ("userId" uuid, open boolean, active boolean, "roomIds" uuid[])
       ), forgotten as (
         delete from open_pages o using reported r
          where o.user_id = r."userId" and o.gateway_id <> ? and o.until < now() - interval '${FORGOTTEN_AFTER}'
       )
       insert into open_pages as o (user_id, gateway_id, room_ids, active, until, report)
       select "userId", ?, "roomIds", coalesce(active, true),
              case when open then now() + make_interval(secs => ${HOLDS_SECONDS}) else now() end, ? from reported
       on conflict (user_id, gateway_id) do update
         set room_ids = excluded.room_ids, active = excluded.active, until = excluded.until, report = excluded.report
         where excluded.report >= o.report`,
      [JSON.stringify(users), gatewayId, gatewayId, report ?? Date.now()],
    );
  }
}
