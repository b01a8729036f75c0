import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, files, messages, type FactMark } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';

/** One instance that hangs is not waited for longer; the next try goes to another. */
const SETTLE_WITHIN_MS = 1200;
const TRIES_TO_CONFIRM = 2;
const RETRY_AFTER_SECONDS = 2;

type Settle = typeof messages.settle | typeof files.settle;

/**
 * Waits until the services that keep a copy have taken in a change. They learn of it by an event and, when that does not
 * come in a moment, ask its owner themselves.
 */
@Injectable()
export class Settler {
  private readonly logger = new Logger('settle');

  constructor(private readonly rpc: RpcClient) {}

  /**
   * For what is safe only once every copy has it: a success means that it holds everywhere.
   * @param done what is true already, as the beginning of a sentence: 'The member is removed'
   * @throws AppError `service_unavailable` when a copy does not confirm it
   */
  async confirm(fact: FactMark, done: string, call: CallOptions): Promise<void> {
    const confirmed = await Promise.all([this.insist(messages.settle, fact, call), this.insist(files.settle, fact, call)]);
    if (confirmed.every(Boolean)) return;
    const detail = `${done}, but a part of the service has not confirmed it yet. It takes effect there as soon as that part has caught up.`;
    throw new AppError('service_unavailable', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }

  /** For what is safe without: so that who made the change reads it everywhere at once, if possible. */
  async roomChanged(fact: FactMark, call: CallOptions): Promise<void> {
    await Promise.all([this.settle(messages.settle, [fact], call), this.settle(files.settle, [fact], call)]);
  }

  /** The same for the log alone. */
  async logged(facts: readonly FactMark[], call: CallOptions): Promise<void> {
    if (facts.length > 0) await this.settle(messages.settle, facts, call);
  }

  private async insist(rpc: Settle, fact: FactMark, call: CallOptions): Promise<boolean> {
    for (let attempt = 1; attempt <= TRIES_TO_CONFIRM; attempt++) {
      if (await this.settle(rpc, [fact], call)) return true;
    }
    return false;
  }

  private async settle(rpc: Settle, facts: readonly FactMark[], call: CallOptions): Promise<boolean> {
    const about = { service: rpc.service, facts, requestId: call.requestId };
    try {
      const { settled } = await this.rpc.call(rpc, { facts: [...facts] }, { ...call, deadlineAt: Date.now() + SETTLE_WITHIN_MS });
      if (!settled) this.logger.warn({ msg: 'not settled in time', ...about });
      return settled;
    } catch (error) {
      this.logger.warn({ msg: 'could not wait', ...about, reason: (error as Error).message });
      return false;
    }
  }
}
