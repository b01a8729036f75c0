import { readGauge } from '@atrium/service-kit';
import { Injectable } from '@nestjs/common';
import { Connections } from './sockets/connections.ts';
import { TimelineFanout } from './timelines/timeline-fanout.ts';

/** How many sockets and open rooms this process holds, and what it has not got rid of yet. */
@Injectable()
export class GatewayMetrics {
  constructor(connections: Connections, fanout: TimelineFanout) {
    readGauge({ name: 'atrium_sockets', help: 'Sockets that said who they are' }, () => connections.named.size);
    readGauge({ name: 'atrium_open_rooms', help: 'Rooms with a socket here' }, () => fanout.roomIds.length);
    readGauge({ name: 'atrium_socket_backlog_bytes', help: 'Bytes that wait for clients to read them' }, () =>
      [...connections.named].reduce((sum, connection) => sum + connection.backlogBytes, 0),
    );
  }
}
