import { messages, type Message } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { waitFor } from '@atrium/testing';
import sharp from 'sharp';
import { Site } from '../../test/a-site.ts';
import type { Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

describe('what a message links to', () => {
  const stack = new MessagesStack();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
    const picture = await sharp({ create: { width: 100, height: 80, channels: 3, background: '#3a7' } })
      .png()
      .toBuffer();
    site.page('/pic.png', picture, { 'content-type': 'image/png' });
    site.page('/a', '<title>Page A</title><meta property="og:image" content="/pic.png">');
    site.page('/b', '<title>Page B</title>');
  });

  const say = async (body: string) => (await stack.send(stack.ann, body, { clientId: uuidv7() })).message!;
  const read = async ({ id }: Message, person: Person = stack.ben) =>
    (await stack.bus.call(messages.page, { roomId: stack.room.id }, person.id)).items.find((one) => one.id === id)!;
  const titles = async (message: Message) => (await read(message)).previews?.map(({ title }) => title);
  const shows = (message: Message, wanted: string[] | undefined) =>
    waitFor(async () => JSON.stringify(await titles(message)) === JSON.stringify(wanted), {
      withinMs: 20_000,
      what: `${wanted} to be shown`,
    });
  const image = (message: Message, person: Person, previewId: string) =>
    stack.bus.refusal(messages.previewImage, { roomId: stack.room.id, messageId: message.id, previewId }, person.id);

  it('is shown after it was sent, told as an entry, with pictures for those who may see the message', async () => {
    const message = await say(`look: ${site.at('/a')} and ${site.at('/b')}`);
    expect(message.previews).toBeUndefined();
    await shows(message, ['Page A', 'Page B']);
    const shown = await read(message);
    const entries = (await stack.allEntries(stack.ben)).filter(({ type }) => type === 'message.previewed');
    expect(entries).toEqual([expect.objectContaining({ messageId: message.id, actorId: null, message: { ...shown, reactions: [] } })]);
    const [first] = shown.previews!;
    expect(first).toMatchObject({ url: site.at('/a'), image: { width: 100, height: 80 } });
    const where = { roomId: stack.room.id, messageId: message.id, previewId: first!.id };
    const { webp } = await stack.bus.call(messages.previewImage, where, stack.ben.id);
    expect((await sharp(Buffer.from(webp, 'base64')).metadata()).format).toBe('webp');
    expect(await image(message, stack.eve, first!.id)).toBe('not_a_member');
    expect(await image(message, stack.ben, uuidv7())).toBe('not_found');
  });

  it('follows what its author makes of it', async () => {
    const message = await say(site.at('/a'));
    await shows(message, ['Page A']);
    await stack.bus.call(messages.edit, { roomId: stack.room.id, messageId: message.id, body: `rather ${site.at('/b')}` }, stack.ann.id);
    await shows(message, ['Page B']);
    await stack.bus.call(messages.edit, { roomId: stack.room.id, messageId: message.id, body: 'nothing' }, stack.ann.id);
    await shows(message, undefined);
  });

  it('is taken away by its author or a moderator for good, and by nobody else', async () => {
    const message = (await stack.send(stack.ben, site.at('/a'))).message!;
    await shows(message, ['Page A']);
    const where = { roomId: stack.room.id, messageId: message.id };
    const other = await say(site.at('/b'));
    await shows(other, ['Page B']);
    expect(await stack.bus.refusal(messages.removePreviews, { ...where, messageId: other.id }, stack.ben.id)).toBe('forbidden');
    expect(await stack.bus.refusal(messages.removePreviews, where, stack.eve.id)).toBe('not_a_member');
    const removed = await stack.bus.call(messages.removePreviews, where, stack.ben.id);
    expect(removed.previews).toBeUndefined();
    expect(await titles(message)).toBeUndefined();
    await stack.bus.call(messages.edit, { ...where, body: `still ${site.at('/a')} here` }, stack.ben.id);
    const later = await say(site.at('/b'));
    await shows(later, ['Page B']);
    expect(await titles(message)).toBeUndefined();
  });

  it('goes with the message', async () => {
    const message = await say(site.at('/a'));
    await shows(message, ['Page A']);
    const [first] = (await read(message)).previews!;
    await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId: message.id }, stack.ann.id);
    expect((await read(message)).previews).toBeUndefined();
    expect(await image(message, stack.ben, first!.id)).toBe('not_found');
    expect(JSON.stringify(await stack.allEntries(stack.ben))).not.toContain('Page A');
  });
});
