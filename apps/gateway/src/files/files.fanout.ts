import { OnLiveEvent } from '@atrium/bus';
import { fileSignals, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { TimelineFanout } from '../timelines/timeline-fanout.ts';
import { frameOf } from '../sockets/frame.ts';

@Controller()
export class FilesFanout {
  constructor(private readonly fanout: TimelineFanout) {}

  @OnLiveEvent(fileSignals.progress)
  progress(payload: PayloadOf<typeof fileSignals.progress>): void {
    const channel = this.fanout.find(payload.roomId);
    if (!channel) return;
    const frame = frameOf('file.progress', payload);
    for (const connection of channel.connections()) connection.pushDroppable(frame);
  }
}
