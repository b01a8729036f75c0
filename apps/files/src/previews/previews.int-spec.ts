import { files } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp } from '@atrium/testing';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import sharp from 'sharp';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';

const WIDE = { width: 3000, height: 1000, channels: 3, background: '#c03020' } as const;
/** Where cameras say that the picture lies on its side, and who took it. */
const aPhotograph = () =>
  sharp({ create: WIDE })
    .jpeg()
    .withExif({ IFD0: { Copyright: 'Marta Kowalski' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();

async function aPdf(): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage([600, 800]).drawText('The harbour', { x: 50, y: 700, size: 60, font });
  return Buffer.from(await document.save());
}

describe('a preview', () => {
  const ann = uuidv7();
  const ben = uuidv7();
  let environment: Environment;
  let roomId: string;
  beforeAll(async () => {
    environment = await anEnvironment();
    await environment.startWorker();
    roomId = environment.rooms.aRoom({ [ann]: {} });
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const kept = async (name: string, bytes: Buffer | string) => {
    const file = await upload(environment.bus, { roomId, userId: ann }, { name, bytes });
    await extracted(environment.bus, file, ann);
    return { roomId, fileId: file.id };
  };
  const previewOf = async (wanted: { roomId: string; fileId: string }) => {
    const { webp } = await environment.bus.call(files.preview, wanted, ann);
    return webp === null ? null : Buffer.from(webp, 'base64');
  };

  it('of a photograph is small, upright, and says nothing of who took it', async () => {
    const preview = await previewOf(await kept('quay.jpg', await aPhotograph()));
    const { format, width, height, exif } = await sharp(preview!).metadata();
    expect([format, width, height, exif]).toEqual(['webp', 213, 640, undefined]);
  });

  it('of a PDF is its first page, in its colours, on white', async () => {
    const preview = await previewOf(await kept('harbour.pdf', await aPdf()));
    const { width, height } = await sharp(preview!).metadata();
    expect([width, height]).toEqual([480, 640]);
    const { channels } = await sharp(preview!).stats();
    expect(channels[0]!.min).toBeLessThan(60);
    expect(channels[0]!.mean).toBeGreaterThan(200);
  });

  it.each([
    ['text', 'note.txt', 'The harbour opens at seven.'],
    ['a picture that ends early', 'half.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a drawing that instructs whoever draws it', 'drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
  ])('of %s is none, and the file ends as it would', async (_what, name, bytes) => {
    expect(await previewOf(await kept(name, bytes))).toBeNull();
  });

  it('of a text is how it begins, for whoever may see it', async () => {
    const file = await kept('note.txt', `The harbour opens at seven.\n${'It closes at nine.\n'.repeat(100)}`);
    const { text } = await environment.bus.call(files.excerpt, file, ann);
    expect([text?.slice(0, 46), text?.length]).toEqual(['The harbour opens at seven.\nIt closes at nine.', 400]);
    expect(await environment.bus.refusal(files.excerpt, file, ben)).toBe('room_not_found');
    const scan = await kept('quay.jpg', await aPhotograph());
    expect(await environment.bus.call(files.excerpt, scan, ann)).toEqual({ text: null });
    await environment.bus.call(files.remove, file, ann);
    expect(await environment.bus.refusal(files.excerpt, file, ann)).toBe('file_not_found');
  });

  it('is for whoever may see the file, and gone with it', async () => {
    const file = await kept('quay.jpg', await aPhotograph());
    expect(await environment.bus.refusal(files.preview, file, ben)).toBe('room_not_found');
    await environment.bus.call(files.remove, file, ann);
    expect(await environment.bus.refusal(files.preview, file, ann)).toBe('file_not_found');
    expect(await environment.database.query('select from files.file_previews where file_id = $1', [file.fileId])).toEqual([]);
  });
});
