import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { DirectoryUser } from '@atrium/contracts';

/** What members are called: a copy of accounts' directory, for those who were ever in a room. */
export const ProfileEntity = defineEntity({
  name: 'ProfileEntity',
  tableName: 'profiles',
  properties: {
    userId: p.uuid().primary(),
    username: p.text(),
    displayName: p.text(),
    avatarUrl: p.text().strictNullable(),
    presence: p.text().$type<DirectoryUser['presence']>(),
    bot: p.boolean().default(false),
  },
});
export type ProfileEntity = InferEntity<typeof ProfileEntity>;
