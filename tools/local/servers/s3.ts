import { join } from 'node:path';
import type { ProcessSpec } from '../managed-process.ts';

export interface S3Options {
  directory: string;
  port: number;
  accessKey: string;
  secretKey: string;
  bucket: string;
  log: string;
}

export function s3Server(options: S3Options): ProcessSpec {
  const { directory, port, accessKey, secretKey, bucket, log } = options;
  const url = `http://127.0.0.1:${port}`;
  return {
    name: 's3',
    kind: 'server',
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 's3-main.ts'), directory, String(port), bucket],
    env: { ...process.env, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey },
    log,
    ports: [port],
    url,
    stopSignal: 'SIGTERM',
    // Refused without a signature, which is an answer.
    isReady: async () => (await fetch(url, { signal: AbortSignal.timeout(1_000) })).status > 0,
  };
}
