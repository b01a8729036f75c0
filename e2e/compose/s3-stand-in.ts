import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../tools/local/paths.ts';

/** What the stand-in for the S3 server runs: all that the bundled server consists of. */
export async function copyBundledS3(to: string): Promise<void> {
  const servers = join(root, 'tools/local/servers');
  const parts = (await readdir(servers)).filter((name) => /^s3-[a-z-]+\.ts$/.test(name));
  for (const name of parts) await copyFile(join(servers, name), join(to, name));
}
