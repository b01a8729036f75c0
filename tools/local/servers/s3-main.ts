/** The process that keeps files on disk and speaks S3: `node s3-main.ts <folder> <port> <bucket>`. */
import type { Server } from 'node:http';
import { createRequire } from 'node:module';

// The package ships no types; this is what is used of it.
interface S3rver {
  httpServer: Server;
  run(): Promise<unknown>;
  close(): Promise<void>;
}
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

const server = new S3rver({
  address: '127.0.0.1',
  port: Number(port),
  directory,
  silent: true,
  vhostBuckets: false,
  configureBuckets: [{ name: bucket }],
});
await server.run();
process.once('SIGTERM', () => {
  void server.close().then(() => process.exit(0));
  server.httpServer.closeAllConnections();
});
