import { Migration } from '@mikro-orm/migrations';

/**
 * Devices that are told while no page is open. A delivery waits until `due_at`; of what was sent, a row stays so that
 * the device can be told to close it. Calls of whole rooms are spread over the devices after their commit.
 */
export class PushToDevices20261126 extends Migration {
  override name = '20261126-push-to-devices';

  override up(): void {
    this.addSql(`
      create table push_subscriptions (
        id uuid primary key,
        user_id uuid not null,
        session_id uuid not null,
        endpoint text not null unique,
        p256dh text not null,
        auth text not null,
        created_at timestamptz not null default now(),
        seen_at timestamptz not null default now(),
        held_until timestamptz
      );
      create index push_subscriptions_of_user on push_subscriptions (user_id, seen_at);
      create index push_subscriptions_of_session on push_subscriptions (session_id);
      create table push_deliveries (
        subscription_id uuid not null references push_subscriptions on delete cascade,
        message_id uuid not null,
        user_id uuid not null,
        room_id uuid not null,
        state text not null default 'waiting',
        tries integer not null default 0,
        due_at timestamptz default now(),
        created_at timestamptz not null default now(),
        sent_at timestamptz,
        primary key (subscription_id, message_id)
      );
      create index push_deliveries_due on push_deliveries (due_at) where due_at is not null;
      create index push_deliveries_of_message on push_deliveries (message_id);
      create index push_deliveries_shown on push_deliveries (user_id) where state = 'sent';
      create index push_deliveries_sent on push_deliveries (subscription_id, sent_at);
      alter table open_pages add column active boolean not null default true;
      alter table room_calls add column spread_at timestamptz default now();
      alter table room_calls alter column spread_at drop default;
      create index room_calls_to_spread on room_calls (at) where spread_at is null;
    `);
  }
}
