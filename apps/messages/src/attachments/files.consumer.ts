import { OnEvent, type EventMeta } from '@atrium/bus';
import { fileEvents, type PayloadOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { FileFactsService } from './file-facts.service.ts';

const consumer = { consumer: 'messages-files' };

@Controller()
export class FilesConsumer {
  constructor(private readonly facts: FileFactsService) {}

  @OnEvent(fileEvents.added, consumer)
  onAdded(fact: PayloadOf<typeof fileEvents.added>, meta: EventMeta) {
    return this.facts.added(fact, meta.id);
  }

  @OnEvent(fileEvents.statusChanged, consumer)
  onStatusChanged(fact: PayloadOf<typeof fileEvents.statusChanged>, meta: EventMeta) {
    return this.facts.statusChanged(fact, meta.id);
  }

  @OnEvent(fileEvents.deleted, consumer)
  onDeleted(fact: PayloadOf<typeof fileEvents.deleted>, meta: EventMeta) {
    return this.facts.deleted(fact, meta.id);
  }
}
