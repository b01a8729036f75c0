import { outboxHeaders } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** What orders an event and what brought it about wait with it until it is sent. */
export class KeepEventHeaders20261202 extends Migration {
  override name = '20261202-keep-event-headers';

  override up(): void {
    this.addSql(outboxHeaders);
  }
}
