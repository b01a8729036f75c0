import { Migration } from '@mikro-orm/migrations';

/** Webhooks that tell other programs what happens in a room, and the log of what they told. */
export class OutgoingWebhooks20261126 extends Migration {
  override name = '20261126-outgoing-webhooks';

  override up(): void {
    this.addSql(`
      alter table webhooks
        add column url text,
        add column events jsonb not null default '[]',
        -- With what an outgoing one signs; the others are known by the hash of theirs.
        add column signing_secret text,
        add column failing_since timestamptz,
        add column disabled_at timestamptz;

      create table webhook_deliveries (
        id uuid primary key,
        webhook_id uuid not null references webhooks (id),
        room_id uuid not null,
        seq int not null,
        event text not null,
        -- The message whose words the body holds.
        message_id uuid,
        body text not null,
        state text not null default 'waiting',
        tries jsonb not null default '[]',
        next_at timestamptz not null default now(),
        -- Until when one instance alone may send it.
        held_until timestamptz,
        replay_of uuid,
        created_at timestamptz not null default now()
      );
      create unique index webhook_deliveries_once on webhook_deliveries (webhook_id, seq) where replay_of is null;
      create index webhook_deliveries_waiting on webhook_deliveries (next_at) where state = 'waiting';
      create index webhook_deliveries_queue on webhook_deliveries (webhook_id) where state = 'waiting';
      create index webhook_deliveries_log on webhook_deliveries (webhook_id, id);
      create index webhook_deliveries_message on webhook_deliveries (message_id) where message_id is not null;
      create index webhook_deliveries_age on webhook_deliveries (created_at);
    `);
  }
}
