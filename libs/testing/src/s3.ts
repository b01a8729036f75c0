/// <reference path="./s3rver.d.ts" />
import S3rver from '@20minutes/s3rver';
import { onCleanup } from './cleanup.ts';
import { freePort } from './ports.ts';
import { temporaryDirectory } from './servers.ts';

export type TestS3 = { S3_ENDPOINT: string; S3_REGION: string; S3_ACCESS_KEY: string; S3_SECRET_KEY: string; S3_BUCKET: string };

/** An S3 store on disk, in this process; what it returns are the variables the files service reads. */
export async function anS3(): Promise<TestS3> {
  const port = await freePort();
  const server = new S3rver({ address: '127.0.0.1', port, silent: true, directory: await temporaryDirectory('s3') });
  await server.run();
  onCleanup(() => server.close());
  return {
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_REGION: 'us-east-1',
    S3_ACCESS_KEY: 'S3RVER',
    S3_SECRET_KEY: 'S3RVER',
    S3_BUCKET: 'atrium',
  };
}
