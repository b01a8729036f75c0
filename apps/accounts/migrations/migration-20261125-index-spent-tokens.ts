import { Migration } from '@mikro-orm/migrations';

export class IndexSpentTokens extends Migration {
  override name = '20261125-index-spent-tokens';

  override up(): void {
    this.addSql('create index refresh_tokens_spent on refresh_tokens (expires_at) where rotated_at is not null');
  }
}
