import { AVATAR_PIXELS, MAX_AVATAR_BYTES, accounts, bot, rooms, type User } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import sharp from 'sharp';
import type { Person } from '../../test/fake-services.ts';
import { Harness } from '../../test/harness.ts';

let gateway: Harness;
let ann: Person;
/** What accounts was given last. */
let kept: Buffer | undefined;
const AVATAR_ID = '0190a5c0-0000-7000-8000-00000000000a';

beforeAll(async () => {
  gateway = await Harness.start();
  ann = gateway.services.aPerson();
  const user = (avatarUrl?: string): User => ({
    id: ann.userId,
    username: 'ann',
    displayName: 'Ann',
    avatarUrl,
    statusText: '',
    presence: 'auto',
    role: 'user',
    credits: 0,
    createdAt: new Date().toISOString(),
  });
  gateway.services.bus.answer(accounts.setAvatar, ({ webp }) => {
    kept = webp === null ? undefined : Buffer.from(webp, 'base64');
    return user(webp === null ? undefined : `/api/avatars/${AVATAR_ID}`);
  });
  gateway.services.bus.answer(accounts.getAvatar, () => ({ webp: kept!.toString('base64') }));
});
afterAll(cleanUp);

const aPicture = (width = 400, height = 300) => sharp({ create: { width, height, channels: 3, background: '#c63' } });
const put = (body: Buffer | FormData, type?: string) =>
  gateway.fetch('/api/me/avatar', {
    method: 'PUT',
    as: ann,
    body: body instanceof FormData ? body : new Uint8Array(body),
    ...(type ? { headers: { 'content-type': type } } : {}),
  });
const refusalOf = async (reply: Response) => [reply.status, ((await reply.json()) as { code: string }).code];

describe('uploading a picture of oneself', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('takes %s, and keeps a square without what the camera wrote', async (format) => {
    const upload = await aPicture()
      .withExif({ IFD0: { Copyright: 'where-i-live' } })
      .toFormat(format)
      .toBuffer();
    expect((await put(upload, `image/${format}`)).status).toBe(200);
    const { width, height, format: kind, exif } = await sharp(kept).metadata();
    expect([width, height, kind, exif]).toEqual([AVATAR_PIXELS, AVATAR_PIXELS, 'webp', undefined]);
  });

  it('takes it in a form too, and shows it to whoever has its address', async () => {
    const form = new FormData();
    form.append('avatar', new Blob([new Uint8Array(await aPicture().png().toBuffer())]), 'me.png');
    const { avatarUrl } = (await (await put(form)).json()) as User;
    const shown = await fetch(gateway.url + avatarUrl!);
    expect(shown.headers.get('content-type')).toBe('image/webp');
    expect(shown.headers.get('cache-control')).toContain('immutable');
    expect(Buffer.from(await shown.arrayBuffer()).equals(kept!)).toBe(true);
  });

  it.each([
    [
      'a picture that is a program',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
      'image/svg+xml',
    ],
    ['a page that calls itself a picture', '<html><body>hello</body></html>', 'image/png'],
    ['nothing at all', '', 'image/png'],
  ])('refuses %s', async (_what, text, type) => {
    expect(await refusalOf(await put(Buffer.from(text), type))).toEqual([415, 'unsupported_media_type']);
  });

  it('refuses a damaged picture', async () => {
    const whole = await aPicture().png().toBuffer();
    expect(await refusalOf(await put(whole.subarray(0, whole.length - 60), 'image/png'))).toEqual([422, 'validation_failed']);
  });

  it('refuses a small file that would be enormous', async () => {
    const bomb = await aPicture(8000, 8000).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(MAX_AVATAR_BYTES);
    expect(await refusalOf(await put(bomb, 'image/png'))).toEqual([422, 'validation_failed']);
  });

  it.each([
    ['as the body', () => ({ body: Buffer.alloc(MAX_AVATAR_BYTES + 1), type: 'image/png' })],
    [
      'in a form',
      () => {
        const form = new FormData();
        form.append('file', new Blob([new Uint8Array(MAX_AVATAR_BYTES + 1)]), 'me.png');
        return { body: form, type: undefined };
      },
    ],
  ])('refuses more than 5 MiB %s', async (_how, anUpload) => {
    const { body, type } = anUpload();
    expect(await refusalOf(await put(body, type))).toEqual([413, 'payload_too_large']);
  });

  it('makes the same square of the picture of a bot', async () => {
    const botId = '0190a5c0-0000-7000-8000-00000000000b';
    gateway.services.bus.answer(accounts.setBotAvatar, ({ webp }) => {
      kept = Buffer.from(webp!, 'base64');
      return {
        id: botId,
        username: 'helper',
        name: 'Helper',
        description: '',
        avatarUrl: null,
        createdAt: new Date().toISOString(),
        disabledAt: null,
        tokens: [],
      };
    });
    gateway.services.bus.answer(bot.registrations, () => ({ items: [] }));
    gateway.services.bus.answer(rooms.roomsOfBots, () => ({ items: [] }));
    const picture = new Uint8Array(await aPicture().png().toBuffer());
    const path = `/api/me/bots/${botId}/avatar`;
    expect((await gateway.fetch(path, { method: 'PUT', as: ann, body: picture, headers: { 'content-type': 'image/png' } })).status).toBe(
      200,
    );
    const { width, height, format } = await sharp(kept).metadata();
    expect([width, height, format]).toEqual([AVATAR_PIXELS, AVATAR_PIXELS, 'webp']);
    const refused = await gateway.fetch(path, {
      method: 'PUT',
      as: ann,
      body: new Uint8Array([1]),
      headers: { 'content-type': 'image/png' },
    });
    expect(await refusalOf(refused)).toEqual([415, 'unsupported_media_type']);
  });

  it('takes images nowhere else', async () => {
    const reply = await gateway.fetch('/api/rooms', {
      method: 'POST',
      as: ann,
      body: new Uint8Array([1]),
      headers: { 'content-type': 'image/png' },
    });
    expect(reply.status).toBe(415);
  });
});
