import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** One wrong guess at a room's password. */
export const PasswordAttemptEntity = defineEntity({
  name: 'PasswordAttemptEntity',
  tableName: 'password_attempts',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    roomId: p.uuid(),
    address: p.text(),
    at: p.datetime(3),
  },
});
export type PasswordAttemptEntity = InferEntity<typeof PasswordAttemptEntity>;
