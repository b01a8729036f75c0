// Draws the icons of the installed page from its mark: `node apps/web/icons.ts`, when the mark has changed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = join(import.meta.dirname, 'public');
const mark = readFileSync(join(folder, 'icon.svg'), 'utf8');
/** Phones cut icons to shapes of their own: the ground fills the square, and the mark stays in the middle. */
const maskable = mark
  .replace('rx="8"', '')
  .replace(/(<rect[^>]*\/>)(.*)<\/svg>/, '$1<g transform="translate(4 4) scale(0.75)">$2</g></svg>');
/** In the status bar of a phone only what is opaque counts. */
const badge = mark.replace(/<rect[^>]*\/>/, '');

const draw = (svg: string, size: number, name: string): Promise<unknown> =>
  sharp(Buffer.from(svg), { density: (72 * size) / 32 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toFile(join(folder, name));

await draw(mark, 192, 'icon-192.png');
await draw(mark, 512, 'icon-512.png');
await draw(maskable, 512, 'icon-maskable-512.png');
await draw(maskable, 180, 'apple-touch-icon.png');
await draw(badge, 96, 'badge-96.png');
