import { Migration } from '@mikro-orm/migrations';

/** Where a marker stood before its owner's visit of the room moved it: what was new to them when they came. */
export class RememberVisits20261126 extends Migration {
  override name = '20261126-remember-visits';

  override up(): void {
    this.addSql(`
      alter table read_markers
        add column moved_at timestamptz,
        add column before_visit integer,
        -- Whether the room was on their screen, as their gateway says.
        add column looking boolean not null default false;
    `);
  }
}
