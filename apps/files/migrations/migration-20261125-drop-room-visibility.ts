import { Migration } from '@mikro-orm/migrations';

/** Who may see that a room exists is asked of the rooms service; what was noted of it here was never read. */
export class DropRoomVisibility extends Migration {
  override name = '20261125-drop-room-visibility';

  override up(): void {
    this.addSql('alter table access_rooms drop column visibility');
  }
}
