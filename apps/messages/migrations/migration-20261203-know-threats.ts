import { Migration } from '@mikro-orm/migrations';

/** A message tells of a file that a virus was found in, not only that it could not be read. */
export class KnowThreats20261203 extends Migration {
  override name = '20261203-know-threats';

  override up(): void {
    this.addSql('alter table files add column threat text');
  }
}
