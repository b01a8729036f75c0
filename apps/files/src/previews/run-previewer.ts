import { execFile } from 'node:child_process';
import { findPackageJSON } from 'node:module';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sandboxed, SANDBOX_ENV } from '../extraction/sandbox.ts';

const SECONDS = 20;
const MEMORY_BYTES = 512 * 1024 * 1024;
const MOST_OUTPUT_BYTES = 1024 * 1024;

type Run = { path: string; contentType: string; signal?: AbortSignal };

/**
 * Draws a preview in a process of its own, which is gone when this is settled.
 * @returns null for what cannot be drawn within the limits
 * @throws the signal's reason when it was called off
 */
export async function runPreviewer({ path, contentType, signal }: Run): Promise<Buffer | null> {
  signal?.throwIfAborted();
  const here = fileURLToPath(import.meta.url);
  const entry = resolve(dirname(here), `previewer.main${extname(here)}`);
  const libraries = dirname(dirname(findPackageJSON('pdfjs-dist', import.meta.url) ?? here));
  const code = resolve(dirname(here), '../..');
  const limits = { seconds: SECONDS, memoryBytes: MEMORY_BYTES, readable: [libraries, code, path], addons: true };
  const [command, ...args] = sandboxed([entry, path, contentType], limits);
  const options = {
    env: SANDBOX_ENV,
    cwd: '/',
    encoding: 'buffer',
    timeout: SECONDS * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_OUTPUT_BYTES,
  } as const;
  return new Promise((done, fail) => {
    const child = execFile(command, args, options, (error, picture) => {
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) fail(signal.reason as Error);
      else done(error || picture.length === 0 ? null : picture);
    });
    // Not by the option of that name, which does not wait for the end of the process.
    const end = () => void child.kill('SIGKILL');
    signal?.addEventListener('abort', end);
  });
}
