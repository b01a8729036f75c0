import { Migration } from '@mikro-orm/migrations';

/** What a scanner for viruses said of a file; null for one that was stored while none was there to ask. */
export class ScanFiles20261201 extends Migration {
  override name = '20261201-scan-files';

  override up(): void {
    this.addSql(`
      alter table files
        add column scan text,
        add column threat text,
        add constraint files_scan check (scan in ('waiting', 'clean', 'infected')) not valid`);
  }
}

/** Of what stands already, while others read and write it. */
export class CheckScans20261201 extends Migration {
  override name = '20261201-check-scans';

  override up(): void {
    this.addSql(`alter table files validate constraint files_scan`);
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
