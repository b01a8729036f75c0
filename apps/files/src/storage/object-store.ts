import { CONFIG, Health } from '@atrium/service-kit';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Client } from 'minio';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { FilesConfig } from '../config.ts';

/** Long enough for the gateway to begin; the transfer itself may take longer. */
const PUT_SECONDS = 15 * 60;
const GET_SECONDS = 60;
const RETRY_BUCKET_MS = 2000;

/** The only place that talks to the S3 store. Only plain calls are used, so any store will do. */
@Injectable()
export class ObjectStore implements OnModuleInit {
  private readonly logger = new Logger('storage');
  private readonly client: Client;
  private readonly bucket: string;

  constructor(
    @Inject(CONFIG) private readonly config: FilesConfig,
    private readonly health: Health,
  ) {
    const endpoint = new URL(config.S3_ENDPOINT);
    this.bucket = config.S3_BUCKET;
    this.client = new Client({
      endPoint: endpoint.hostname,
      port: endpoint.port === '' ? undefined : Number(endpoint.port),
      useSSL: endpoint.protocol === 'https:',
      accessKey: config.S3_ACCESS_KEY,
      secretKey: config.S3_SECRET_KEY,
      region: config.S3_REGION,
      pathStyle: true,
    });
  }

  /** The store may still be starting; the service comes up without it and says so at /health/ready. */
  onModuleInit(): void {
    this.health.register('storage', async () => {
      if (!(await this.client.bucketExists(this.bucket))) throw new Error('the bucket is missing');
    }, { optional: true });
    void this.ensureBucket();
  }

  putUrl(key: string): Promise<string> {
    return this.client.presignedPutObject(this.bucket, key, PUT_SECONDS);
  }

  getUrl(key: string): Promise<string> {
    return this.client.presignedGetObject(this.bucket, key, GET_SECONDS);
  }

  /** Size of an object, or null when nothing lies there. */
  async findSize(key: string): Promise<number | null> {
    try {
      return (await this.client.statObject(this.bucket, key)).size;
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  async readHead(key: string, bytes: number): Promise<Buffer> {
    const stream = await this.client.getPartialObject(this.bucket, key, 0, bytes);
    const parts: Buffer[] = [];
    for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
    return Buffer.concat(parts);
  }

  async download(key: string, path: string, signal: AbortSignal): Promise<void> {
    await pipeline(await this.client.getObject(this.bucket, key), createWriteStream(path), { signal });
  }

  /** Silent when nothing lies there. */
  async remove(key: string): Promise<void> {
    try {
      await this.client.removeObject(this.bucket, key);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private async ensureBucket(): Promise<void> {
    for (;;) {
      try {
        if (!(await this.client.bucketExists(this.bucket))) await this.client.makeBucket(this.bucket, this.config.S3_REGION);
        return;
      } catch (error) {
        const code = (error as { code?: string }).code;
        if (code === 'BucketAlreadyOwnedByYou' || code === 'BucketAlreadyExists') return;
        this.logger.warn(`the bucket cannot be made sure of yet: ${(error as Error).message}`);
        await new Promise((resolve) => setTimeout(resolve, RETRY_BUCKET_MS).unref());
      }
    }
  }
}

function isNotFound(error: unknown): boolean {
  return ['NotFound', 'NoSuchKey'].includes((error as { code?: string }).code ?? '');
}
