import { RedisUrl, baseConfig } from '@atrium/service-kit';
import { z } from 'zod';

const MiB = 1024 * 1024;
const count = (fallback: number, maximum: number) => z.coerce.number().int().min(1).max(maximum).default(fallback);
const quota = (fallback: number) => z.coerce.number().int().min(0).default(fallback);

export const filesConfig = z.object({
  ...baseConfig,
  FILES_DATABASE_URL: z.url().describe('PostgreSQL of the files service, as role atrium_files'),
  REDIS_URL: RedisUrl.default('redis://127.0.0.1:6379').describe('Redis that holds the extraction queue'),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).describe('S3 store for the bytes; the gateway must reach it under this address too'),
  S3_REGION: z.string().min(1).default('us-east-1').describe('Region of the S3 store'),
  S3_ACCESS_KEY: z.string().min(1).describe('Access key of the S3 store'),
  S3_SECRET_KEY: z.string().min(1).describe('Secret key of the S3 store'),
  S3_BUCKET: z.string().min(3).max(63).default('atrium').describe('Bucket for the bytes; created when it is missing'),
  FILES_MAX_BYTES: count(100 * MiB, 5 * 1024 * MiB).describe('Largest file that may be uploaded, in bytes'),
  FILES_QUOTA_PERSON_BYTES: quota(10 * 1024 * MiB).describe('Most bytes that the files of one person take, 0 for any number'),
  FILES_QUOTA_ROOM_BYTES: quota(50 * 1024 * MiB).describe('Most bytes that the files of one room take, 0 for any number'),
  FILES_QUOTA_SERVER_BYTES: quota(0).describe('Most bytes that all files together take, 0 for any number'),
  FILES_QUESTION_COST: count(1, 1000).describe('Credits a question costs'),
  FILES_WORKER_CONCURRENCY: count(4, 32).describe(
    'Extractions that one worker runs at the same time; from 3 on, places are kept for others in a room and for other rooms',
  ),
  FILES_EXTRACT_SECONDS: count(60, 600).describe('Longest an extraction may take'),
  FILES_EXTRACT_MEMORY_BYTES: count(512 * MiB, 4096 * MiB).describe('Most memory an extraction may take'),
  FILES_CLAMD_URL: z
    .url({ protocol: /^tcp$/ })
    .optional()
    .describe(
      'clamd that looks for viruses in files before they are read, as tcp://host:3310; without one, nobody looks. Its StreamMaxLength and MaxFileSize should be FILES_MAX_BYTES at least, with AlertExceedsMax',
    ),
  FILES_ANSWERER_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('OpenAI-compatible endpoint, up to and with /v1; without one, answers are composed of quotes'),
  FILES_ANSWERER_MODEL: z.string().min(1).default('gpt-4o-mini').describe('Model asked at FILES_ANSWERER_URL'),
  FILES_ANSWERER_KEY: z.string().optional().describe('Bearer key for FILES_ANSWERER_URL'),
  FILES_EMBEDDINGS_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('OpenAI-compatible endpoint, up to and with /v1, to rank sentences by meaning as well; without one, by their words alone'),
  FILES_EMBEDDINGS_MODEL: z.string().min(1).default('text-embedding-3-small').describe('Model asked at FILES_EMBEDDINGS_URL'),
  FILES_EMBEDDINGS_KEY: z.string().optional().describe('Bearer key for FILES_EMBEDDINGS_URL'),
});
export type FilesConfig = z.output<typeof filesConfig>;
