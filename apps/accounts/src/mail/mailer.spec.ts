import { Logger } from '@nestjs/common';
import { Mailer } from './mailer.ts';

describe('mail on a server that has no ACCOUNTS_SMTP_URL', () => {
  const printed: string[] = [];
  const mailer = new Mailer({ ACCOUNTS_MAIL_FROM: 'Atrium <atrium@localhost>' });

  beforeAll(() => Logger.overrideLogger({ log: () => {}, error: () => {}, warn: (line: string) => void printed.push(line) }));
  afterAll(() => Logger.overrideLogger(false));

  it('is printed in the log, which says why', async () => {
    mailer.send({ to: 'ann@example.org', subject: 'A link', text: 'https://chat.example.org/x' });
    await mailer.onModuleDestroy();
    expect(printed.at(-1)).toMatch(/ACCOUNTS_SMTP_URL is not set[^]*ann@example\.org[^]*A link[^]*https:\/\/chat\.example\.org\/x/);
  });

  it('is printed for a person without an address too', async () => {
    mailer.send({ to: null, subject: 'A link', text: 'https://chat.example.org/y' });
    await mailer.onModuleDestroy();
    expect(printed.at(-1)).toMatch(/no address[^]*https:\/\/chat\.example\.org\/y/);
  });
});
