import { describeStatement } from './trace-statements.ts';

describe('the span of a statement', () => {
  it.each([
    [`select "f0"."id" from "files" as "f0" where "f0"."name" = 'from secrets'`, 'select files'],
    [`insert into "outbox" ("id") values ('update users')`, 'insert outbox'],
    ['update rooms set last_seq = 4', 'update rooms'],
    [`delete from messages.outbox where id = 'x'`, 'delete messages.outbox'],
    ['begin', 'begin'],
    [`select 'a secret from somebody'`, 'select'],
    ['select count(*) from only_this for update skip locked', 'select only_this'],
  ])('of %s says %s and nothing of what people wrote', (text, name) => {
    expect(describeStatement(text).name).toBe(name);
    expect(JSON.stringify(describeStatement(text))).not.toContain('secret');
  });

  it('has the name of a statement that was prepared under one', () => {
    expect(describeStatement('with input as (select 1)', 'insert-batch').name).toBe('insert-batch');
  });
});
