import { onCleanup } from '@atrium/testing';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

type ReceivedMail = { to: string[]; subject: string; text: string };
export type MailServer = { url: string; to(address: string): ReceivedMail[] };

/** A mail server that keeps all it is given. */
export async function aMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      void text(stream)
        .then((raw) => PostalMime.parse(raw))
        .then(({ subject = '', text: body = '' }) => {
          received.push({ to: session.envelope.rcptTo.map(({ address }) => address), subject, text: body });
          callback();
        }, callback);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onCleanup(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, to: (address) => received.filter(({ to }) => to.includes(address)) };
}
