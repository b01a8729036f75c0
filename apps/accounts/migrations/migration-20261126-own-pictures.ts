import { Migration } from '@mikro-orm/migrations';

/** Pictures at addresses elsewhere told strangers who reads what; they are shown no more. */
export class OwnPictures extends Migration {
  override name = '20261126-own-pictures';

  override up(): void {
    this.addSql(`update users set avatar_url = null where avatar_url not like '/api/%'`);
  }
}
