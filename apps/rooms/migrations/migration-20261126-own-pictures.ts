import { Migration } from '@mikro-orm/migrations';

/** Pictures at addresses elsewhere told strangers who reads what; accounts has dropped them too. */
export class OwnPictures20261126 extends Migration {
  override name = '20261126-own-pictures';

  override up(): void {
    this.addSql(`update profiles set avatar_url = null where avatar_url not like '/api/%'`);
  }
}
