import { Migration } from '@mikro-orm/migrations';

/** How often the funds of a user changed: what is told of them can overtake what was told before. */
export class NumberFunds20261203 extends Migration {
  override name = '20261203-number-funds';

  override up(): void {
    this.addSql('alter table credit_accounts add column revision int not null default 0');
  }
}
