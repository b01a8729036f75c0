import { AVATAR_PIXELS, AppError } from '@atrium/contracts';
import pLimit from 'p-limit';
import sharp, { type Metadata } from 'sharp';

/** Of these alone; what draws by instructions (SVG, PDF) or needs a player is none. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'avif', 'heif']);
/** 100 MB once decoded: a small file can claim to be larger than any memory. */
const MAX_PIXELS = 25_000_000;
const GIVE_UP_SECONDS = 5;
const AT_ONCE = 2;
const WAITING = 8;

const turns = pLimit(AT_ONCE);

/**
 * Makes the picture that is kept of an upload: a square in WebP, turned upright, without what cameras write into it.
 * Bytes that were uploaded are never served.
 * @throws AppError `unsupported_media_type` for what is no picture, `validation_failed` for one that cannot be read
 */
export async function encodeAvatar(upload: Buffer): Promise<Buffer> {
  if (turns.pendingCount >= WAITING) throw new AppError('service_unavailable', 'Many pictures are being read; try again in a moment.');
  return turns(async () => {
    await requirePicture(upload);
    try {
      return await sharp(upload, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
        .autoOrient()
        .resize(AVATAR_PIXELS, AVATAR_PIXELS, { fit: 'cover' })
        .webp({ quality: 82 })
        .timeout({ seconds: GIVE_UP_SECONDS })
        .toBuffer();
    } catch (cause) {
      throw unreadable(cause);
    }
  });
}

/** Reads the head alone. */
async function requirePicture(upload: Buffer): Promise<void> {
  const { format, width, height } = await headOf(upload);
  if (!FORMATS.has(format))
    throw new AppError('unsupported_media_type', `A picture of the kind ${format} is not taken: JPEG, PNG, WebP, GIF and AVIF are.`);
  if (width * height > MAX_PIXELS) throw unreadable(undefined, 'has too many pixels: at most 25 million');
}

async function headOf(upload: Buffer): Promise<Metadata> {
  try {
    return await sharp(upload, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new AppError('unsupported_media_type', 'This is no picture that can be read: JPEG, PNG, WebP, GIF and AVIF can.', {}, { cause });
  }
}

function unreadable(cause: unknown, message = 'is damaged or takes too long to read'): AppError {
  return new AppError(
    'validation_failed',
    `file: the picture ${message}`,
    { errors: [{ path: 'file', message: `the picture ${message}` }] },
    { cause },
  );
}
