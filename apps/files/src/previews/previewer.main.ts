/**
 * The process that draws a preview: reads one file and writes a picture to standard output. As empty a room as the
 * extractor's, but for the native code that reads pictures.
 */
import { drawPreview } from './draw-preview.ts';

const [path, contentType] = process.argv.slice(2);
if (!path || !contentType) throw new Error('usage: previewer.main PATH CONTENT_TYPE');
try {
  process.stdout.write(await drawPreview(path, contentType));
} catch (error) {
  // Its name alone: what a decoder says may quote the file.
  process.stderr.write(error instanceof Error ? error.name : typeof error);
  process.exitCode = 1;
}
