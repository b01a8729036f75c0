import { createReadStream, existsSync } from 'node:fs';
import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { noteObjects, s3Client } from '../check/objects.ts';
import type { S3Access } from '../local/settings.ts';

const UPLOADS_AT_ONCE = 4;

/** Puts back what is not there. The bytes under a key never change, so the same size says that it is. */
export async function putObjects(s3: S3Access, folder: string): Promise<void> {
  const client = s3Client(s3);
  if (!(await client.bucketExists(s3.bucket))) await client.makeBucket(s3.bucket, s3.region);
  const objects = join(folder, 'objects');
  if (!existsSync(objects)) return;
  const files = glob('rooms/*/*', { cwd: objects });
  const work = async () => {
    for await (const key of files) {
      const { size } = await stat(join(objects, key));
      const there = await client.statObject(s3.bucket, key).catch(() => undefined);
      if (there?.size !== size) await client.putObject(s3.bucket, key, createReadStream(join(objects, key)), size);
    }
  };
  await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, work));
}

/** Removes the objects of files that do not exist any more, as they came after the backup. @returns how many */
export async function removeStrangers(database: Client, s3: S3Access): Promise<number> {
  const client = s3Client(s3);
  await noteObjects(database, s3);
  const { rows } = await database.query<{ key: string }>(
    `select key from objects o where (o.key like 'rooms/%' or o.key like 'uploads/%')
       and not exists (select from files.files f where o.key = format('rooms/%s/%s', f.room_id, f.id))
       and not exists (select from files.uploads u where o.key = format('rooms/%s/%s', u.room_id, u.file_id))
       and not exists (select from files.resumable_uploads r where starts_with(o.key, format('uploads/%s/%s/', r.room_id, r.file_id)))`,
  );
  for (const { key } of rows) await client.removeObject(s3.bucket, key);
  return rows.length;
}
