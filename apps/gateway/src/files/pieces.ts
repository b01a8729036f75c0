import { AppError } from '@atrium/contracts';
import type { Readable } from 'node:stream';
import type { Spool } from './spool.ts';

/** Bytes that rest on disk, and how many of them are new. */
export type Piece = { size: number; newBytes: number; read(): Readable };
export type Cut = { spool: Spool; rest: { size: number; read(): Promise<Readable> } | null; left: number; pieceBytes: number };

/**
 * Cuts a body into pieces as it comes, the first of which begins with the rest of what came before. What has come when
 * the line breaks is a piece too; then the failure is thrown, after that piece has been taken.
 */
export async function* piecesOf(body: Readable, { spool, rest, left, pieceBytes }: Cut): AsyncGenerator<Piece> {
  let number = 0;
  let old = rest?.size ?? 0;
  let file = await spool.begin(String(number));
  let broken: AppError | undefined;
  if (rest) for await (const chunk of await rest.read()) await file.add(chunk as Buffer);
  const take = async (): Promise<Piece> => {
    const { size, read } = await file.end();
    const piece = { size, newBytes: size - old, read };
    old = 0;
    return piece;
  };
  let came = 0;
  try {
    for await (const chunk of untilBroken(body, (error) => (broken = error))) {
      came += chunk.length;
      if (came > left) throw new AppError('payload_too_large', 'More bytes came than the upload was announced with.');
      for (let bytes = chunk; bytes.length > 0;) {
        const fitting = bytes.subarray(0, pieceBytes - file.size);
        await file.add(fitting);
        bytes = bytes.subarray(fitting.length);
        if (file.size < pieceBytes) continue;
        yield await take();
        await spool.drop(String(number));
        file = await spool.begin(String(++number));
      }
    }
    if (file.size > old) yield await take();
  } finally {
    await file.close();
  }
  if (broken) throw broken;
}

async function* untilBroken(body: Readable, onBreak: (error: AppError) => void): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk as Buffer;
  } catch (cause) {
    onBreak(new AppError('malformed_request', 'The upload was broken off', {}, { cause }));
  }
}
