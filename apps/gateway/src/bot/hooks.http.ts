import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, bot } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import { Body, Controller, Inject, Param } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { WebhookId } from '../http/ids.ts';
import { Limiter } from '../limits/limiter.ts';

const PER_WEBHOOK = { limit: 60, windowSeconds: 60 };
const MOST_KIB = 256;

const Form = z.object({ payload: z.string() });
/** Slack's payload, or a form that holds it as `payload`. What is neither is told by its reader, as what Slack answers. */
const HookBody = z.union([Form, z.record(z.string(), z.unknown()), z.unknown()]);

/** Where other programs post. Whoever has the address may; nothing else is asked of them. */
@Controller()
export class HooksHttp {
  private readonly lifted: boolean;

  constructor(
    private readonly rpc: RpcClient,
    private readonly limiter: Limiter,
    @Inject(CONFIG) config: Config,
  ) {
    this.lifted = config.ATRIUM_RATE_LIMITS === 'off';
  }

  @Endpoint('POST /api/hooks/:webhookId/:secret', {
    public: true,
    summary: 'Post to an incoming webhook: Slack’s payload as JSON, or as the field `payload` of a form',
    produces: 'text/plain; charset=utf-8',
    form: true,
    bodyKiB: MOST_KIB,
    idempotencyKey: true,
    codes: [...bot.takeWebhook.codes],
  })
  async take(
    @WebhookId() webhookId: string,
    @Param('secret') secret: string,
    @Body({ schema: HookBody }) body: z.output<typeof HookBody>,
    @IdempotencyKey() key: string | undefined,
    @Caller() call: CallOptions,
  ): Promise<string> {
    await this.count(webhookId);
    const form = Form.safeParse(body);
    const payload = form.success ? form.data.payload : JSON.stringify(body ?? null);
    // Nobody vouches for the sender: the secret does.
    const { requestId, deadlineAt } = call;
    const input = { webhookId, secret: secret.slice(0, 100), payload, key: key ?? uuidv7() };
    await this.rpc.call(bot.takeWebhook, input, { requestId, deadlineAt });
    return 'ok';
  }

  private async count(webhookId: string): Promise<void> {
    if (this.lifted) return;
    const { allowed, resetSeconds } = await this.limiter.hitWindow(`limit:webhook:${webhookId}`, PER_WEBHOOK);
    if (!allowed) throw new AppError('rate_limited', 'This webhook posts too much', { retryAfterSeconds: resetSeconds });
  }
}
