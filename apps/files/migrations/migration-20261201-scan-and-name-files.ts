import { Migration } from '@mikro-orm/migrations';

/** What a scanner for viruses said of a file; null for one that was stored while none was there to ask. */
export class ScanFiles20261201 extends Migration {
  override name = '20261201-scan-files';

  override up(): void {
    this.addSql(`
      alter table files
        add column scan text check (scan in ('waiting', 'clean', 'infected')),
        add column threat text`);
  }
}

/** Finds the files of one name in a room, in their order. */
export class FindVersions20261201 extends Migration {
  override name = '20261201-find-versions';

  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(`drop index concurrently if exists files_of_one_name`);
    this.addSql(`create index concurrently files_of_one_name on files (room_id, lower(normalize(name)), created_at, id) where not draft`);
  }
}
