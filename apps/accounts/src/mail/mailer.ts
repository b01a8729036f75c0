import { CONFIG } from '@atrium/service-kit';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type { AccountsConfig } from '../config.ts';

export type Mail = { to: string | null; subject: string; text: string };

const GIVE_UP_MS = 15_000;

/** Sends mail by the server that is configured. Without one, mail is printed in the log, for whoever runs this server to pass on. */
@Injectable()
export class Mailer implements OnModuleDestroy {
  private readonly logger = new Logger('mail');
  private readonly transport: Transporter | undefined;
  private readonly sending = new Set<Promise<void>>();

  constructor(@Inject(CONFIG) private readonly config: Pick<AccountsConfig, 'ACCOUNTS_SMTP_URL' | 'ACCOUNTS_MAIL_FROM'>) {
    const { ACCOUNTS_SMTP_URL: url } = config;
    const limits = { connectionTimeout: GIVE_UP_MS, greetingTimeout: GIVE_UP_MS, socketTimeout: GIVE_UP_MS };
    if (url) this.transport = createTransport({ url, ...limits });
  }

  get isConfigured(): boolean {
    return this.transport !== undefined;
  }

  /** Nobody waits for it: who caused the mail must not see by the time it takes whether there was one. */
  send(mail: Mail): void {
    const sent = this.deliver(mail)
      .catch((error: unknown) => this.logger.error({ err: error, subject: mail.subject }, 'a mail could not be sent'))
      .finally(() => this.sending.delete(sent));
    this.sending.add(sent);
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.sending);
    this.transport?.close();
  }

  private async deliver({ to, subject, text }: Mail): Promise<void> {
    if (!this.transport) return this.print({ to, subject, text });
    if (to !== null) await this.transport.sendMail({ from: this.config.ACCOUNTS_MAIL_FROM, to, subject, text });
  }

  private print({ to, subject, text }: Mail): void {
    const addressee = to === null ? 'This person has no address; pass it on to them.' : `To: ${to}`;
    this.logger.warn(
      `ACCOUNTS_SMTP_URL is not set, so this mail was not sent but printed here.\n${addressee}\nSubject: ${subject}\n\n${text}`,
    );
  }
}
