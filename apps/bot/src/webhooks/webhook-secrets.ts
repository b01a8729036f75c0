import { Sealer } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

const AT_ONCE = 200;
const placeOf = (webhookId: string) => `webhook:${webhookId}`;

/** With what outgoing webhooks sign: sealed, so that who has the database alone signs nothing. */
@Injectable()
export class WebhookSecrets implements OnApplicationBootstrap {
  constructor(
    private readonly em: EntityManager,
    private readonly sealer: Sealer,
  ) {}

  /** Those that an earlier release kept as they are. Instances that start together seal each to the same secret. */
  async onApplicationBootstrap(): Promise<void> {
    const em = this.em.fork();
    for (;;) {
      const rows = await em.execute<{ id: string; secret: string }[]>(
        `select id, signing_secret "secret" from webhooks where signing_secret is not null and signing_secret not like 'v1.%' limit ?`,
        [AT_ONCE],
      );
      for (const { id, secret } of rows)
        await em.execute('update webhooks set signing_secret = ? where id = ? and signing_secret = ?', [this.seal(id, secret), id, secret]);
      if (rows.length < AT_ONCE) return;
    }
  }

  seal(webhookId: string, secret: string): string {
    return this.sealer.seal(secret, placeOf(webhookId));
  }

  open(webhookId: string, sealed: string): string {
    // An instance of an earlier release, which still runs while this one starts, keeps them as they are.
    return Sealer.holds(sealed) ? this.sealer.open(sealed, placeOf(webhookId)) : sealed;
  }
}
