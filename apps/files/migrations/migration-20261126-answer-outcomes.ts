import { Migration } from '@mikro-orm/migrations';

/** The nearest passages are an outcome of their own, and every outcome says how sure it is. */
export class AnswerOutcomes extends Migration {
  override name = '20261126-answer-outcomes';

  override up(): void {
    this.addSql('alter table file_chats drop constraint file_chats_status_check');
    this.addSql(`alter table file_chats add constraint file_chats_status_check check (status in ('answered', 'closest', 'no_evidence'))`);
    this.addSql('alter table file_chats add column confidence real check (confidence between 0 and 1)');
    // Files of a room that were chosen for a question, and whether its answer helped.
    this.addSql('alter table file_chats add column file_ids jsonb, add column helpful boolean');
    this.addSql(`update file_chats set confidence = case status when 'answered' then 1 else 0 end where status is not null`);
  }
}
