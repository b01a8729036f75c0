import { Client as S3Client } from 'minio';
import type { Client } from 'pg';
import type { S3Access } from '../local/settings.ts';

const BATCH = 1000;

export function s3Client({ endpoint, region, accessKey, secretKey }: S3Access): S3Client {
  const url = new URL(endpoint);
  return new S3Client({
    endPoint: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    useSSL: url.protocol === 'https:',
    accessKey,
    secretKey,
    region,
    pathStyle: true,
  });
}

export interface StoredObject {
  key: string;
  size: number;
}

/** Every object of the bucket, in the order in which the store tells them. */
export async function* listObjects(s3: S3Access): AsyncGenerator<StoredObject> {
  for await (const { name, size } of s3Client(s3).listObjectsV2(s3.bucket, '', true) as AsyncIterable<{ name?: string; size: number }>) {
    if (name !== undefined) yield { key: name, size };
  }
}

/** Writes what the store holds into a table of this connection's own, so that PostgreSQL compares, however much it is. */
export async function noteObjects(database: Client, s3: S3Access): Promise<void> {
  await database.query('create temporary table if not exists objects (key text primary key, size bigint not null)');
  await database.query('truncate objects');
  let batch: StoredObject[] = [];
  const write = async () => {
    const columns = [batch.map(({ key }) => key), batch.map(({ size }) => size)];
    await database.query('insert into objects select * from unnest($1::text[], $2::bigint[]) on conflict do nothing', columns);
    batch = [];
  };
  for await (const object of listObjects(s3)) {
    batch.push(object);
    if (batch.length === BATCH) await write();
  }
  await write();
  await database.query('analyze objects');
}
