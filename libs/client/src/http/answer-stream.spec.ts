import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AtriumClient } from '../atrium-client.ts';

const answer = { id: 'a', status: 'answered', answer: 'One. Two.', citations: [] };
const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

describe('a question whose answer is heard as it comes', () => {
  let http: Server;
  let parts: (string | Buffer)[];
  let accepted: string | undefined;
  let client: AtriumClient;

  beforeAll(async () => {
    http = createServer((request, response) => {
      accepted = request.headers.accept;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      // Each part by itself, however events are cut.
      const next = (i: number): void => void (i === parts.length ? response.end() : response.write(parts[i]!, () => next(i + 1)));
      next(0);
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    client = new AtriumClient({ baseUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`, tokenTransport: 'body' });
    client.session.start({ user: { id: 'ann' } as never, accessToken: 'token', expiresIn: 900, refreshToken: 'r0' });
  });
  afterAll(async () => {
    client.session.end('signed_out');
    http.close();
    await once(http, 'close');
  });

  const ask = async () => {
    const heard: string[] = [];
    const whole = await client.files.ask('room', 'file', 'How?', { onText: (text) => heard.push(text) });
    return { heard, whole };
  };

  it('is told piece by piece, and then as a whole', async () => {
    const stream = `: still looking\n\n${event('delta', { text: 'One. ' })}${event('delta', { text: 'Zwölf.' })}${event('answer', answer)}`;
    const bytes = Buffer.from(stream);
    // In the midst of a letter.
    const cut = bytes.indexOf('ö') + 1;
    parts = [bytes.subarray(0, 30), bytes.subarray(30, cut), bytes.subarray(cut)];
    expect(await ask()).toEqual({ heard: ['One. ', 'Zwölf.'], whole: answer });
    expect(accepted).toBe('text/event-stream');
  });

  it('fails with the error that the stream ends with', async () => {
    parts = [event('error', { status: 503, code: 'service_unavailable', detail: 'Away.' })];
    await expect(ask()).rejects.toMatchObject({ code: 'service_unavailable', status: 503 });
  });

  it('fails as cut off when the stream ends before the answer', async () => {
    parts = [event('delta', { text: 'One. ' })];
    await expect(ask()).rejects.toMatchObject({ code: 'network' });
  });
});
