import { Migration } from '@mikro-orm/migrations';

/** Tells a host who went away from one who was never there: a script that makes rooms and opens no socket. */
export class RememberConnected20261125 extends Migration {
  override up(): void {
    this.addSql('alter table profiles add column has_connected boolean not null default false');
  }
}
