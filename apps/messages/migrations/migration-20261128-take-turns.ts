import { Migration } from '@mikro-orm/migrations';

/** When a member last had a bot write to a room: slow mode counts it as theirs. */
export class TakeTurns20261128 extends Migration {
  override name = '20261128-take-turns';

  override up(): void {
    this.addSql(`
      create table turns (
        room_id uuid not null,
        user_id uuid not null,
        turn_id text not null,
        taken_at timestamptz not null,
        primary key (room_id, user_id)
      )`);
    this.addSql('create index turns_of_user on turns (user_id)');
  }
}
