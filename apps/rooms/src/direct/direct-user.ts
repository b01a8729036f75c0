import type { DirectoryUser } from '@atrium/contracts';

/** Somebody in a direct room, as this service knows them. */
export type DirectUser = Pick<DirectoryUser, 'id' | 'username' | 'displayName' | 'avatarUrl' | 'presence'>;
