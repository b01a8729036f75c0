import { Unreadable, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { Ocr } from './ocr.ts';

const MOST_BYTES = 50 * 1024 * 1024;

/** A picture of text: a photograph, a scan, a screenshot. */
export async function* readImage(source: Source): AsyncGenerator<Piece> {
  if (source.size > MOST_BYTES) throw new Unreadable('no_text', 'The picture is too large to look for text in it.');
  const ocr = await Ocr.start();
  const text = ocr.read(await source.bytes());
  if (text === '') throw new Unreadable('no_text', 'No text was found in the picture.');
  yield { page: text };
}
