import { RedisUrl, baseConfig } from '@atrium/service-kit';
import { z } from 'zod';

const seconds = (fallback: number) => z.coerce.number().int().min(1).default(fallback);

export const roomsConfig = z.object({
  ...baseConfig,
  ROOMS_DATABASE_URL: z.url().describe('PostgreSQL of this service: role atrium_rooms, schema rooms'),
  REDIS_URL: RedisUrl.describe('Redis, which holds presence and typing'),
  ROOMS_PRESENCE_EXPIRY_SECONDS: seconds(75).describe('How long someone counts as connected without a new report'),
  ROOMS_HOST_GRACE_SECONDS: seconds(300).describe('How long a host may be disconnected before someone acts in the role'),
  ROOMS_LOBBY_SECONDS: seconds(600).describe('How long someone who asks to be let in waits before the request lapses'),
  ROOMS_HOST_CHECK_SECONDS: seconds(60).describe('How often hosts are compared with who is connected, to make up for what was lost'),
});
export type RoomsConfig = z.output<typeof roomsConfig>;
