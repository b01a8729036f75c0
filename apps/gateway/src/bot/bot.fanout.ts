import { OnLiveEvent, RpcClient, systemCall } from '@atrium/bus';
import { bot, botSignals, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { Connections } from '../sockets/connections.ts';
import { frameOf } from '../sockets/frame.ts';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';

@Controller()
export class BotFanout {
  constructor(
    private readonly connections: Connections,
    private readonly fanout: TimelineFanout,
    private readonly rpc: RpcClient,
  ) {}

  /** To whom it is for, on all of their devices that still have the room. */
  @OnLiveEvent(botSignals.note)
  note({ userId, note }: PayloadOf<typeof botSignals.note>): void {
    const frame = frameOf('note', note);
    for (const connection of this.connections.of(userId)) connection.push(frame);
  }

  /** To one socket of the bot: of the gateways that have one, whoever asks first gets what is to be told. */
  @OnLiveEvent(botSignals.interaction)
  async interaction({ botId, interactionId }: PayloadOf<typeof botSignals.interaction>): Promise<void> {
    if (this.connections.of(botId).size === 0) return;
    const { interaction } = await this.rpc.call(bot.takeInteraction, { interactionId }, systemCall());
    // The youngest: an older one may be that of a process that is being replaced.
    const connection = [...this.connections.of(botId)].at(-1);
    if (interaction) connection?.push(frameOf('interaction', interaction));
  }

  @OnLiveEvent(botSignals.poll)
  poll(payload: PayloadOf<typeof botSignals.poll>): void {
    const channel = this.fanout.find(payload.roomId);
    if (!channel) return;
    const frame = frameOf('poll', payload);
    for (const connection of channel.connections()) connection.pushDroppable(frame);
  }
}
