import pLimit from 'p-limit';
import sharp from 'sharp';

export type Picture = { webp: Buffer; width: number; height: number };

/** Of these alone; what draws by instructions, as SVG does, is no picture. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'avif', 'heif']);
/** A small file can claim to be larger than any memory. */
const MAX_PIXELS = 25_000_000;
const SIZE = { width: 560, height: 320 };
/** Smaller ones count visits, or decorate. */
const LEAST_PIXELS = 48;
const GIVE_UP_SECONDS = 5;

/** Drawing takes a core: messages come first. */
const turn = pLimit(1);

/** Makes the picture that is shown of one from elsewhere, whose own bytes are never served. @returns undefined for what is none, or too small to see */
export function smallPicture(bytes: Buffer): Promise<Picture | undefined> {
  return turn(async () => {
    try {
      const { format, width, height } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
      if (!FORMATS.has(format) || Math.min(width, height) < LEAST_PIXELS) return undefined;
      const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
        .autoOrient()
        .resize({ ...SIZE, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 78 })
        .timeout({ seconds: GIVE_UP_SECONDS })
        .toBuffer({ resolveWithObject: true });
      return { webp: data, width: info.width, height: info.height };
    } catch {
      // Damaged, or too large to be drawn: the page is shown without it.
      return undefined;
    }
  });
}
