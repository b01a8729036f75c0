import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The extractor that works for this process: its id, and the directory it was given. Null when none does. */
export async function findExtractor(): Promise<{ pid: number; directory: string } | null> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { maxBuffer: 16 * 1024 * 1024 });
  for (const line of stdout.split('\n')) {
    const found = /^\s*(\d+)\s+(\d+)\s.*?=(\/\S*atrium-extract-[\w-]+).*extractor\.main/.exec(line);
    if (found && Number(found[2]) === process.pid) return { pid: Number(found[1]), directory: found[3]! };
  }
  return null;
}
