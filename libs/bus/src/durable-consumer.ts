import { deadLetterSubject, type SetAside } from '@atrium/contracts';
import { AckPolicy, DeliverPolicy, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import type { Cause } from './cause.ts';
import { causeFromHeaders, keyFromHeaders } from './event-headers.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { delayAfter, LONGEST_DELAY_MS } from './retries.ts';
import type { StreamName, Streams } from './streams.ts';

export type Delivery = { id: string; subject: string; text: string; attempt: number; cause?: Cause | undefined };
/** Where it reads, and the process that does. */
type Source = { stream: StreamName; subject: string; durable: string; process: string };

const ACK_WAIT_MS = 30_000;
/** All instances together; each holds few of them, so that one that hangs does not keep the others from working. */
const MAX_ACK_PENDING = 256;
const HELD_BY_ONE = 16;

/**
 * Reads one durable JetStream consumer: shared by all instances of the service, explicit acknowledgement, growing
 * delays, dead letter at the end. What has the same key is handled one after another. Survives the loss of
 * consumer, stream or server by making them again.
 */
export class DurableConsumer {
  private readonly logger: Logger;
  private readonly queue = new KeyedQueue();
  private messages: ConsumerMessages | undefined;
  private stopping = false;
  private loop: Promise<void> | undefined;

  constructor(
    private readonly streams: Streams,
    private readonly source: Source,
    private readonly handle: (delivery: Delivery) => Promise<void>,
  ) {
    this.logger = new Logger(`consumer ${source.durable}`);
  }

  /** Does not wait for the consumer: JetStream, or whoever makes the streams, may still be starting. */
  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.messages?.close();
    await this.loop;
    await this.queue.idle();
  }

  /** One try at what was set aside before. @param key in turn with what has the same. @throws what the handler fails with */
  async handleAgain({ id, subject, payload }: Pick<SetAside, 'id' | 'subject' | 'payload'>, key: string | undefined): Promise<void> {
    await this.queue.add(key ?? `again ${id}`, () => this.handle({ id, subject, text: payload, attempt: 1 }));
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping;) {
      try {
        await this.ensureConsumer();
        if (!this.stopping) await this.readUntilBroken();
        failures = 0;
      } catch (error) {
        failures++;
        this.logger.warn(`interrupted: ${(error as Error).message}`);
      }
      if (this.stopping) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** failures, 5000)));
      this.streams.doubt();
    }
  }

  private async readUntilBroken(): Promise<void> {
    const consumer = await this.streams.client.consumers.get(this.source.stream, this.source.durable);
    const messages = await consumer.consume({ max_messages: HELD_BY_ONE, expires: 10_000 });
    this.messages = messages;
    // It may have been stopped before there was anything to close. The close is over when the loop below is.
    if (this.stopping) void messages.close();
    void this.closeWhenGone(messages);
    for await (const message of messages) {
      void this.queue.add(keyFromHeaders(message.headers) ?? message.info.streamSequence.toString(), () => this.deliver(message));
    }
  }

  /** `consume` waits for ever on a consumer that was deleted or whose stream was; end it, so that it is made again. */
  private async closeWhenGone(messages: ConsumerMessages): Promise<void> {
    for await (const status of messages.status()) {
      if (['consumer_not_found', 'stream_not_found', 'consumer_deleted', 'no_responders'].includes(status.type)) {
        await messages.close();
        return;
      }
    }
  }

  private async deliver(message: JsMsg): Promise<void> {
    const attempt = message.info.deliveryCount;
    const id = message.headers?.get('Nats-Msg-Id') || `${this.source.stream}-${message.info.streamSequence}`;
    try {
      await this.handle({ id, subject: message.subject, text: message.string(), attempt, cause: causeFromHeaders(message.headers) });
      message.ack();
    } catch (error) {
      await this.refuse(message, { id, attempt, error: error as Error });
    }
  }

  private async refuse(message: JsMsg, failed: { id: string; attempt: number; error: Error }): Promise<void> {
    const { id, attempt, error } = failed;
    // What was set aside is never lost for want of somebody who keeps it.
    const delayMs = delayAfter(attempt, error) ?? (this.source.stream === 'DEAD' ? LONGEST_DELAY_MS : undefined);
    if (delayMs !== undefined) {
      this.logger.warn(`try ${attempt} of event ${id} failed: ${error.message}`);
      message.nak(delayMs);
      return;
    }
    this.logger.error(`event ${id} set aside after ${attempt} tries: ${error.stack ?? error.message}`);
    const letter: SetAside = {
      id,
      subject: message.subject,
      payload: message.string(),
      error: error.message,
      process: this.source.process,
      tries: attempt,
    };
    try {
      await this.streams.client.publish(deadLetterSubject(this.source.durable), JSON.stringify(letter), {
        msgID: `${this.source.durable}:${id}`,
      });
      message.term();
    } catch (publishError) {
      this.logger.error(`dead letter for event ${id} could not be stored: ${(publishError as Error).message}`);
      message.nak(60_000);
    }
  }

  private async ensureConsumer(): Promise<void> {
    await this.streams.ensureConsumer(this.source.stream, {
      durable_name: this.source.durable,
      filter_subject: this.source.subject,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ACK_WAIT_MS),
      max_ack_pending: MAX_ACK_PENDING,
      // The last tries are ours: a dead letter is written before the server would stop delivering.
      max_deliver: -1,
    });
  }
}
