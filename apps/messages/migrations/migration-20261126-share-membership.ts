import { Migration } from '@mikro-orm/migrations';

/**
 * The copy of memberships is written by a module that other services use too and that knows nothing of the log; and it
 * knows whether the bot may post. Where it was switched off, the log has told.
 */
export class ShareMembership20261126 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      alter table access alter column joined_seq set default 0;
      alter table rooms add column bot_enabled boolean not null default true;
      update rooms set bot_enabled = false
        from (
          select distinct on (room_id) room_id, coalesce(data ->> 'enabled', data #>> '{room,botEnabled}') as enabled from entries
            where type = 'bot.toggled' or (type = 'room.updated' and data #>> '{room,botEnabled}' is not null)
            order by room_id, seq desc
        ) last
        where last.room_id = rooms.id and last.enabled = 'false';
    `);
  }
}
