import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, listening } from './ports.ts';
import { aProcess } from './process.ts';
import { temporaryDirectory } from './servers.ts';

export type TestS3 = {
  S3_ENDPOINT: string;
  S3_REGION: string;
  S3_ACCESS_KEY: string;
  S3_SECRET_KEY: string;
  S3_BUCKET: string;
  /** Where it keeps the parts of a multipart upload, which it tells nobody. */
  partsOf(multipartId: string): string;
};

/** The server that `npm start` brings, which refuses whoever does not sign. */
const SERVER = fileURLToPath(new URL('../../../tools/local/servers/s3-main.ts', import.meta.url));

/** An S3 store on disk; what it returns are the variables the files service reads. */
export async function anS3(): Promise<TestS3> {
  const port = await freePort();
  const keys = { S3_ACCESS_KEY: 'test', S3_SECRET_KEY: 'a secret of the tests' };
  const directory = await temporaryDirectory('s3');
  aProcess(SERVER, keys, [directory, String(port), 'atrium']);
  await listening(port);
  const partsOf = (multipartId: string) => join(directory, 'atrium', '._S3rver_uploads', multipartId);
  return { S3_ENDPOINT: `http://127.0.0.1:${port}`, S3_REGION: 'us-east-1', ...keys, S3_BUCKET: 'atrium', partsOf };
}
