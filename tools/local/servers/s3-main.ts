/** The process that keeps files on disk and speaks S3: `node s3-main.ts <folder> <port> <bucket>`. */
import { createServer, type RequestListener } from 'node:http';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { s3Front } from './s3-front.ts';
import { forgetUnfinished, mendStore } from './s3-store.ts';

// The package ships no types; this is what is used of it.
interface S3rver {
  configureBuckets(): Promise<unknown>;
  callback(): RequestListener;
}
mendStore();
const require = createRequire(import.meta.url);
const S3rver = require('@20minutes/s3rver') as new (options: object) => S3rver;
const accounts = require('@20minutes/s3rver/lib/models/account') as {
  DUMMY_ACCOUNT: { createKeyPair(accessKey: string, secretKey: string): void; revokeAccessKey(accessKey: string): void };
};

// What people upload is nobody else's on this machine.
process.umask(0o077);
const [directory, port, bucket] = process.argv.slice(2);
const { S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = process.env;
if (!directory || !port || !bucket || !accessKey || !secretKey)
  throw new Error('folder, port and bucket as arguments, keys in the environment');

// The server knows one account, whose keys are the same everywhere; ours take their place.
accounts.DUMMY_ACCOUNT.createKeyPair(accessKey, secretKey);
accounts.DUMMY_ACCOUNT.revokeAccessKey('S3RVER');

await forgetUnfinished(join(directory, bucket));
const s3rver = new S3rver({ directory, silent: true, vhostBuckets: false, configureBuckets: [{ name: bucket }] });
await s3rver.configureBuckets();
/** Where the server keeps parts, each multipart upload in a folder of its name. */
const abort = (multipartId: string) => rm(join(directory, bucket, '._S3rver_uploads', multipartId), { recursive: true, force: true });
const server = createServer(s3Front(s3rver.callback(), { accessKey, secretKey, region: 'us-east-1', bucket }, abort));
server.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
