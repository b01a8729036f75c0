import { Logger } from '@nestjs/common';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

const BEAT_MS = 500;

/**
 * Ends this process when its event loop has not turned for so long: it answers nothing, and whoever started it starts
 * it anew. A thread of its own counts its own turns without a beat of the loop, not time, so that a process that was
 * stopped and continued, or slept with its machine, has the whole limit again.
 */
export function watchLoop(service: string, limitSeconds: number): void {
  if (limitSeconds === 0) return;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  setInterval(() => void Atomics.add(beats, 0, 1), BEAT_MS).unref();
  const thread = new URL(`./watchdog.thread${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(thread, { name: 'watchdog', workerData: { service, limitSeconds, beats } satisfies Watch });
  worker.unref();
  worker.on('error', (error) => new Logger('watchdog').error(`watches no longer: ${error.message}`));
}

export type Watch = { service: string; limitSeconds: number; beats: Int32Array };
