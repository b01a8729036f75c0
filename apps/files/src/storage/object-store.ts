import { AppError } from '@atrium/contracts';
import { CONFIG, Health } from '@atrium/service-kit';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Client } from 'minio';
import { createWriteStream } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FilesConfig } from '../config.ts';
import { withSilenceTimeout } from './silence-timeout.ts';

/** Long enough for the gateway to begin; the transfer itself may take longer. */
const PUT_SECONDS = 15 * 60;
const GET_SECONDS = 60;
const RETRY_BUCKET_MS = 2000;
/** Two small calls in a row still fail before who finishes an upload gives up. */
const SILENT_MS = 2000;
/** A download waits longer: it may stand behind others, and nobody sits in front of it. */
const SILENT_DOWNLOAD_MS = 15_000;

/** What becomes one object: its parts in order, and what they are together. */
type Assembly = { multipartId: string; parts: { part: number; etag: string }[]; size: number };

export type StoredObject = { key: string; storedAt: Date };

/** The only place that talks to the S3 store. Only plain calls are used, so any store will do. */
@Injectable()
export class ObjectStore implements OnModuleInit {
  private readonly logger = new Logger('storage');
  private readonly client: Client;
  private readonly downloads: Client;
  private readonly bucket: string;

  constructor(
    @Inject(CONFIG) private readonly config: FilesConfig,
    @Inject(Health) private readonly health: Pick<Health, 'register'>,
  ) {
    this.bucket = config.S3_BUCKET;
    this.client = connect(config, SILENT_MS);
    this.downloads = connect(config, SILENT_DOWNLOAD_MS);
  }

  /** The store may still be starting; the service comes up without it and says so at /health/ready. */
  onModuleInit(): void {
    this.health.register(
      'storage',
      async () => {
        if (!(await this.client.bucketExists(this.bucket))) throw new Error('the bucket is missing');
      },
      { optional: true },
    );
    void this.ensureBucket();
  }

  putUrl(key: string): Promise<string> {
    return this.client.presignedPutObject(this.bucket, key, PUT_SECONDS);
  }

  /** An address for a part of a multipart upload. */
  partUrl(key: string, { multipartId, part }: { multipartId: string; part: number }): Promise<string> {
    return this.client.presignedUrl('PUT', this.bucket, key, PUT_SECONDS, { uploadId: multipartId, partNumber: String(part) });
  }

  openMultipart(key: string): Promise<string> {
    return this.client.initiateNewMultipartUpload(this.bucket, key, {});
  }

  /** Makes the object of its parts. Doing it again finds it done. @returns false when neither parts nor object are there */
  async assemble(key: string, { multipartId, parts, size }: Assembly): Promise<boolean> {
    if ((await this.findSize(key)) === size) return true;
    try {
      if (parts.length === 0) await this.client.putObject(this.bucket, key, Buffer.alloc(0), 0);
      // The store may be long about it, without a word.
      else await this.downloads.completeMultipartUpload(this.bucket, key, multipartId, parts);
      return true;
    } catch (error) {
      if ((await this.findSize(key)) === size) return true;
      if ((error as { code?: string }).code === 'NoSuchUpload') return false;
      throw error;
    }
  }

  /** A part cannot be removed alone, but replaced by one without a byte. Silent when the upload is gone, and with it its parts. */
  async emptyPart(key: string, { multipartId, part }: { multipartId: string; part: number }): Promise<void> {
    const target = { bucketName: this.bucket, objectName: key, uploadID: multipartId, partNumber: part, headers: {} };
    try {
      await this.client.uploadPart(target, Buffer.alloc(0));
    } catch (error) {
      if ((error as { code?: string }).code !== 'NoSuchUpload') throw error;
    }
  }

  /** Silent when there is none. */
  async abortMultipart(key: string, multipartId: string): Promise<void> {
    try {
      await this.client.abortMultipartUpload(this.bucket, key, multipartId);
    } catch (error) {
      if ((error as { code?: string }).code !== 'NoSuchUpload') throw error;
    }
  }

  getUrl(key: string): Promise<string> {
    return this.client.presignedGetObject(this.bucket, key, GET_SECONDS);
  }

  /** Size of an object, or null when nothing lies there. */
  async findSize(key: string): Promise<number | null> {
    try {
      return (await this.client.statObject(this.bucket, key)).size;
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }

  /** Objects in the order of their keys, those after one of them. */
  async list(after: string, count: number): Promise<StoredObject[]> {
    const objects: StoredObject[] = [];
    const listing = this.client.listObjectsV2(this.bucket, '', true, after);
    try {
      for await (const { name, lastModified } of listing as AsyncIterable<{ name?: string; lastModified?: Date }>) {
        if (name !== undefined && lastModified !== undefined) objects.push({ key: name, storedAt: lastModified });
        if (objects.length >= count) break;
      }
      return objects;
    } finally {
      listing.destroy();
    }
  }

  async readHead(key: string, bytes: number): Promise<Buffer> {
    const stream = await this.client.getPartialObject(this.bucket, key, 0, bytes);
    const parts: Buffer[] = [];
    for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
    return Buffer.concat(parts);
  }

  /** Ends at once when it is called off, and by itself when the store is silent. */
  async download(key: string, path: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const stream = await unlessAborted(this.downloads.getObject(this.bucket, key), signal);
    await pipeline(stream, createWriteStream(path), { signal });
  }

  /** Silent when nothing lies there. */
  async remove(key: string): Promise<void> {
    try {
      await this.client.removeObject(this.bucket, key);
    } catch (error) {
      if (!isGone(error)) throw error;
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

function connect(config: FilesConfig, silentMs: number): Client {
  const endpoint = new URL(config.S3_ENDPOINT);
  const useSSL = endpoint.protocol === 'https:';
  return new Client({
    endPoint: endpoint.hostname,
    port: endpoint.port === '' ? undefined : Number(endpoint.port),
    useSSL,
    accessKey: config.S3_ACCESS_KEY,
    secretKey: config.S3_SECRET_KEY,
    region: config.S3_REGION,
    pathStyle: true,
    transport: { request: withSilenceTimeout(useSSL ? httpsRequest : httpRequest, silentMs) },
  });
}

/** Turns what the store failed with into the refusal a caller is told. */
export function storageAway(error: unknown): never {
  throw new AppError('service_unavailable', 'The file store is away for a moment.', { retryAfterSeconds: 5 }, { cause: error });
}

/** The client takes no signal: what opens too late is closed. */
async function unlessAborted(opening: Promise<Readable>, signal: AbortSignal): Promise<Readable> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const leave = () => {
    reject(signal.reason as Error);
    opening.then((late) => late.destroy()).catch(() => undefined);
  };
  signal.addEventListener('abort', leave, { once: true });
  return Promise.race([opening, aborted]).finally(() => signal.removeEventListener('abort', leave));
}

/** Whether the store said that there is no such object, rather than nothing or that it is away. */
export function isGone(error: unknown): boolean {
  return ['NotFound', 'NoSuchKey'].includes((error as { code?: string }).code ?? '');
}
