import { Signals, Timelines, causeHeaders, currentCause, isTraced } from '@atrium/bus';
import { Outbox } from '@atrium/database';
import { Injectable } from '@nestjs/common';
import { tellReopened } from '../hidden/reopened-rooms.ts';
import { Notifier } from '../notifications/notifier.ts';
import { OwnReading } from '../notifications/own-reading.ts';
import { WrittenRooms } from '../search/written-rooms.ts';
import { messagesOf, type Committed } from './send-batch.repository.ts';
import { ThreadFollowers } from './thread-followers.ts';

/** Tells of a batch once it is committed: the gateways that show its rooms first, because people wait for that. */
@Injectable()
export class SendTeller {
  constructor(
    private readonly outbox: Outbox,
    private readonly signals: Signals,
    private readonly timelines: Timelines,
    private readonly written: WrittenRooms,
    private readonly followers: ThreadFollowers,
    private readonly notifier: Notifier,
    private readonly ownReading: OwnReading,
  ) {}

  tell({ decisions, timelines, commit, attached, told, reopened }: Committed): void {
    for (const { header, encoded } of timelines) {
      this.timelines.send(header.roomId, encoded);
      this.written.add(header.roomId);
    }
    if (commit && isTraced()) commit.headers = causeHeaders(currentCause());
    if (commit) this.outbox.publishSoon([commit, ...attached]);
    const messages = messagesOf(decisions);
    this.followers.tell(decisions);
    tellReopened(this.signals, reopened);
    this.notifier.tellSent(told, messages);
    this.ownReading.follow(messages);
  }
}
