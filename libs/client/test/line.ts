import { MessagesApi } from '../src/http/messages.api.ts';
import { Session } from '../src/http/session.ts';
import { Transport } from '../src/http/transport.ts';
import { Backoff } from '../src/realtime/backoff.ts';
import { Realtime } from '../src/realtime/realtime.ts';
import { FakeServer } from './fake-server.ts';

export type Line = { server: FakeServer; realtime: Realtime; online: () => Promise<void>; stop: () => Promise<void> };

/** A server, and a client that comes back to it at once: what is tested is what happens then. */
export async function aLine(renew: () => Promise<string> = () => Promise.resolve('renewed')): Promise<Line> {
  const server = await FakeServer.start();
  const session: Session = new Session('body', () => Promise.reject(new Error('no refresh in this test')));
  session.start({ user: {} as never, accessToken: 'token', expiresIn: 900 });
  const realtime = new Realtime({
    url: `${server.origin.replace('http', 'ws')}/ws`,
    Socket: WebSocket,
    token: () => Promise.resolve('token'),
    renew,
    messages: new MessagesApi(new Transport(server.origin, { fetch }, () => session)),
    backoff: new Backoff(1, 1),
    answerWithinMs: 400,
  });
  const online = async (): Promise<void> => {
    const ready = realtime.once('ready');
    realtime.open();
    await ready;
  };
  const stop = async (): Promise<void> => {
    realtime.close();
    await server.stop();
  };
  return { server, realtime, online, stop };
}
