import { Migration } from '@mikro-orm/migrations';

/** How often it changed who acts for the host: what is told of it can overtake what was told before. */
export class NumberActingHosts20261203 extends Migration {
  override name = '20261203-number-acting-hosts';

  override up(): void {
    this.addSql('alter table rooms add column acting_revision int not null default 0');
  }
}
