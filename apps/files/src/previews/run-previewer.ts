import { execFile } from 'node:child_process';
import { findPackageJSON } from 'node:module';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sandboxed, SANDBOX_ENV } from '../extraction/sandbox.ts';

const SECONDS = 20;
const MEMORY_BYTES = 512 * 1024 * 1024;
const MOST_OUTPUT_BYTES = 1024 * 1024;

type Run = { path: string; contentType: string; signal?: AbortSignal };

/** Draws a preview in a process of its own. @returns null for what cannot be drawn within the limits */
export function runPreviewer({ path, contentType, signal }: Run): Promise<Buffer | null> {
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
    ...(signal && { signal }),
  } as const;
  return new Promise((done, fail) => {
    execFile(command, args, options, (error, picture) => {
      if (signal?.aborted) fail(signal.reason as Error);
      else done(error || picture.length === 0 ? null : picture);
    });
  });
}
