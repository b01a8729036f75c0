import type { Message, Room } from '@atrium/contracts';
import { cleanUp, onCleanup, waitFor } from '@atrium/testing';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { Person, request } from './support/person.ts';
import { Socket } from './support/socket.ts';
import { url } from './support/stack.ts';

afterAll(cleanUp);

/** A page with a picture, on this machine. @returns its address, and what was asked for there */
async function aPage(): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const picture = await sharp({ create: { width: 800, height: 400, channels: 3, background: '#37a' } })
    .jpeg()
    .toBuffer();
  const server = createServer((incoming, response) => {
    asked.push(incoming.url ?? '');
    if (incoming.url === '/pic.jpg') response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
    else
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>The tide</title><meta property="og:image" content="/pic.jpg">');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onCleanup(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tide`, asked };
}

describe('a message with a link', () => {
  let [ann, ben, eve]: Person[] = [];
  let room: Room;
  beforeAll(async () => {
    [ann, ben, eve] = [await Person.register('ann'), await Person.register('ben'), await Person.register('eve')];
    room = await ann!.createRoom();
    await ben!.join(room);
  });

  const readBy = async (person: Person, { id }: Message) => (await person.messages(room)).find((one) => one.id === id)!;

  it('shows what it leads to, to every client and by this server alone, until its author would rather not', async () => {
    const { address, asked } = await aPage();
    const socket = await Socket.connect(ben!);
    const message = await ann!.say(room, `When? ${address}`);
    const entry = await socket.entry(room.id, ({ type }) => type === 'message.previewed');
    expect(entry).toMatchObject({ messageId: message.id, message: { previews: [{ url: address, title: 'The tide', site: '127.0.0.1' }] } });
    const [preview] = (await readBy(ben!, message)).previews!;
    const before = asked.length;
    const image = `/api/rooms/${room.id}/messages/${message.id}/previews/${preview!.id}/image`;
    const reply = await fetch(url + image, { headers: { authorization: `Bearer ${ben!.token}` } });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(await sharp(Buffer.from(await reply.arrayBuffer())).metadata()).toMatchObject({ format: 'webp', width: 560, height: 280 });
    expect(asked.length).toBe(before);
    expect((await request('GET', image)).status).toBe(401);
    expect(await eve!.refusal('GET', image)).toEqual([403, 'not_a_member']);
    const previews = `/api/rooms/${room.id}/messages/${message.id}/previews`;
    expect(await ben!.refusal('DELETE', previews)).toEqual([403, 'forbidden']);
    expect((await ann!.do<Message>('DELETE', previews)).previews).toBeUndefined();
    await waitFor(() => socket.entries(room.id).filter(({ type }) => type === 'message.previewed').length === 2, { what: 'the entry' });
    expect((await readBy(ben!, message)).previews).toBeUndefined();
    expect(await ben!.refusal('GET', image)).toEqual([404, 'not_found']);
  });

  it('in angle brackets, or to what only this server can reach, shows nothing', async () => {
    const { address } = await aPage();
    const quiet = await ann!.say(room, `rather not <${address}>, nor http://169.254.169.254/latest/meta-data`);
    const loud = await ann!.say(room, address);
    await waitFor(async () => (await readBy(ann!, loud)).previews, { withinMs: 20_000, what: 'the preview' });
    expect((await readBy(ann!, quiet)).previews).toBeUndefined();
  });
});
