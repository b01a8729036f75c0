import { OnLiveEvent, RpcClient, systemCall } from '@atrium/bus';
import { bot, botSignals, type Interaction, type PayloadOf } from '@atrium/contracts';
import { Controller, Logger } from '@nestjs/common';
import type { Connection } from '../sockets/connection.ts';
import { Connections } from '../sockets/connections.ts';
import { frameOf } from '../sockets/frame.ts';

/** Uses of bots' commands, each to one socket of its bot; when that socket goes before it is answered, to another. */
@Controller()
export class InteractionsFanout {
  private readonly logger = new Logger('bot');
  private readonly told = new WeakMap<Connection, Interaction[]>();

  constructor(
    private readonly connections: Connections,
    private readonly rpc: RpcClient,
  ) {
    connections.onLeave((connection) => this.handOn(connection));
  }

  /** Of the gateways that have a socket of the bot, whoever asks first gets what is to be told. */
  @OnLiveEvent(botSignals.interaction)
  async interaction({ botId, interactionId }: PayloadOf<typeof botSignals.interaction>): Promise<void> {
    if (this.connections.of(botId).size === 0) return;
    const { interaction } = await this.rpc.call(bot.takeInteraction, { interactionId }, systemCall());
    if (!interaction) return;
    // The youngest: an older one may be that of a process that is being replaced.
    const connection = [...this.connections.of(botId)].at(-1);
    if (!connection) return this.release(interactionId);
    const now = new Date().toISOString();
    const open = (this.told.get(connection) ?? []).filter(({ expiresAt }) => expiresAt > now);
    this.told.set(connection, [...open, interaction]);
    connection.push(frameOf('interaction', interaction));
  }

  /** What was answered meanwhile is over, and nobody gets it again. */
  private handOn(connection: Connection): void {
    for (const { id } of this.told.get(connection) ?? [])
      this.release(id).catch((error: unknown) => this.logger.warn({ err: error }, 'a bot’s question waits until its time is over'));
    this.told.delete(connection);
  }

  private async release(interactionId: string): Promise<void> {
    await this.rpc.call(bot.releaseInteraction, { interactionId }, systemCall());
  }
}
