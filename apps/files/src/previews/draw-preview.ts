import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { drawPage } from './draw-page.ts';

/** The longer side of a preview, at most. */
const PREVIEW_PIXELS = 640;
/** 160 MB once decoded: a small file can claim to be larger than any memory. */
const MAX_PIXELS = 40_000_000;
/** A larger document is not held in memory for the sake of a picture. */
const MOST_PDF_BYTES = 60 * 1024 * 1024;
const QUALITIES = [78, 60, 40];
/** As much as travels in one message of the bus. */
const MOST_BYTES = 400_000;

/** What a preview is drawn of, by the type that was told from the content. */
export const isDrawn = (contentType: string): boolean =>
  contentType === 'application/pdf' || /^image\/(png|apng|jpeg|gif|webp|avif|tiff)$/.test(contentType);

/**
 * A small picture of a file, in WebP: turned upright, without what cameras write into it.
 * Throws for what cannot be read, or is too large.
 */
export async function drawPreview(path: string, contentType: string): Promise<Buffer> {
  const picture = contentType === 'application/pdf' ? await firstPage(path) : sharp(path, { limitInputPixels: MAX_PIXELS, pages: 1 });
  const small = picture.autoOrient().resize(PREVIEW_PIXELS, PREVIEW_PIXELS, { fit: 'inside', withoutEnlargement: true });
  for (const quality of QUALITIES) {
    const webp = await small.clone().webp({ quality }).toBuffer();
    if (webp.length <= MOST_BYTES) return webp;
  }
  throw new Error('the preview does not get small enough');
}

async function firstPage(path: string): Promise<Sharp> {
  const bytes = await readFile(path);
  if (bytes.length > MOST_PDF_BYTES) throw new Error('the document is too large for a preview');
  const { width, height, rgba } = await drawPage(bytes, PREVIEW_PIXELS);
  return sharp(rgba, { raw: { width, height, channels: 4 } });
}
