import { Migration } from '@mikro-orm/migrations';

/** How names look. Those of accounts that are there already are noted by the service when it starts. */
export class NoteSkeletons extends Migration {
  override name = '20261127-note-skeletons';

  override up(): void {
    this.addSql(`
      alter table users add column username_skeleton text, add column display_skeleton text;
      create index users_username_skeleton on users (username_skeleton);
      create index users_display_skeleton on users (display_skeleton);
    `);
  }
}
