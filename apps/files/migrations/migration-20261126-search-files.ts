import { dictionaryTable } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/**
 * What files are searched by: a row for each page, and one numbered 0 for the name. Files from before are taken in by and
 * by, like those that come in; the index over what is left to do is small.
 */
export class SearchFiles extends Migration {
  override name = '20261126-search-files';

  override up(): void {
    this.addSql(dictionaryTable);
    this.addSql(`
      create table file_search (
        file_id uuid not null,
        page int not null,
        folded text not null,
        words int not null,
        terms tsvector not null,
        primary key (file_id, page)
      );
      create index file_search_terms on file_search using gin (terms) with (gin_pending_list_limit = 512);
      alter table files add column indexed boolean not null default false;
      create index files_to_index on files (id) where not indexed and deleted_at is null;
    `);
  }
}
