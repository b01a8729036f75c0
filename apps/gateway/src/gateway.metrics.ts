import { metrics } from '@atrium/service-kit';
import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Connections } from './sockets/connections.ts';
import { TimelineFanout } from './timelines/timeline-fanout.ts';

/** How many sockets and open rooms this process holds, read when somebody asks. */
@Injectable()
export class GatewayMetrics {
  constructor(connections: Connections, fanout: TimelineFanout) {
    gauge('atrium_sockets', 'Sockets that said who they are', () => connections.named.size);
    gauge('atrium_open_rooms', 'Rooms with a socket here', () => fanout.roomIds.length);
  }
}

function gauge(name: string, help: string, read: () => number): void {
  metrics.removeSingleMetric(name);
  new Gauge({
    name,
    help,
    registers: [metrics],
    collect() {
      this.set(read());
    },
  });
}
