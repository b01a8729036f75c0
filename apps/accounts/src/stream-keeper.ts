import { Streams } from '@atrium/bus';
import { RepeatedTask } from '@atrium/service-kit';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const EVERY_MS = 2_000;

/** Makes the streams of JetStream for everybody, at the start and wherever one was lost: nobody else may. */
@Injectable()
export class StreamKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RepeatedTask(() => this.look(), {
    everyMs: EVERY_MS,
    logger: new Logger('streams'),
    onFailure: 'could not be looked at',
  });

  constructor(private readonly streams: Streams) {}

  onApplicationBootstrap(): void {
    this.task.start();
    void this.task.run();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  private look(): Promise<void> {
    this.streams.doubt();
    return this.streams.ensure();
  }
}
