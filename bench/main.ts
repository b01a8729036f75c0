import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readStackFile } from '../tools/local/stack-file.ts';
import { AtriumTarget } from './load/atrium-target.ts';
import { cpuSeconds, type Watched } from './load/cpu.ts';
import { FloorTarget } from './load/floor-target.ts';
import { memoryOf } from './load/memory.ts';
import type { Target } from './load/seats.ts';
import {
  catchUpTable,
  cpuTable,
  dayTable,
  fanoutTable,
  historyLine,
  idleTable,
  memoryTable,
  pageTable,
  roomsTable,
  scaleTable,
  searchTable,
  type RoomsRow,
} from './report.ts';
import { catchUp } from './workloads/catch-up.ts';
import { day } from './workloads/day.ts';
import { fanout } from './workloads/fanout.ts';
import { growingRoom } from './workloads/growing-room.ts';
import { history } from './workloads/history.ts';
import { idle } from './workloads/idle.ts';
import { readersPage } from './workloads/readers-page.ts';
import { closedLoop, openLoop } from './workloads/rooms.ts';
import type { ScaleColumn } from './workloads/scale.ts';
import { search } from './workloads/search.ts';
import { scalePlot, type ScaleLine } from './scale-plot.ts';

if (process.argv[2] === 'answers') {
  const { answers } = await import('./answers/main.ts');
  await answers(process.argv.slice(3));
  process.exit();
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'rooms,light,fanout,history' },
    seconds: { type: 'string', default: '10' },
    rooms: { type: 'string', default: '100' },
    members: { type: 'string', default: '10' },
    sockets: { type: 'string', default: '1000' },
    idle: { type: 'string', default: '10000' },
    people: { type: 'string', default: '250' },
    like: { type: 'string', default: '25000' },
    history: { type: 'string', default: '100000' },
    search: { type: 'string', default: '1000000' },
    scale: { type: 'string', default: '10000,100000,1000000' },
    /** Where the plot of SCALE is written. */
    plot: { type: 'string' },
    stack: { type: 'string', default: process.env['ATRIUM_STACK'] ?? '.local/stack.json' },
  },
});
const stack = readStackFile(values.stack);
if (!stack) {
  process.stderr.write(`No running stack at ${values.stack}: start one with "ATRIUM_RATE_LIMITS=off npm start" first.\n`);
  process.exit(1);
}
const size = {
  rooms: Number(values.rooms),
  membersPerRoom: Number(values.members),
  seconds: Number(values.seconds),
  cpu: () => cpuSeconds(watched),
};
const wanted = new Set(values.only.split(','));
/** Where several gateways run, seats are taken at each in turn. */
const gateways = stack.processes.flatMap(({ name, url }) => (/^gateway/.test(name) && url !== undefined ? [url] : []));
const atrium = new AtriumTarget(gateways.length > 0 ? gateways : [stack.url]);
const databaseUrl = stack.env['DATABASE_URL']!;
const wsFloor = new FloorTarget('ws', databaseUrl);
const socketIoFloor = new FloorTarget('socket.io', databaseUrl);
const watched: Watched[] = [...stack.processes.map(({ name, pid }) => ({ name, pid })), { name: 'load client', pid: process.pid }];

const say = (text: string) => process.stdout.write(`${text}\n`);

async function row(target: Target, workload: string, result: Promise<RoomsRow['result']>): Promise<RoomsRow> {
  return { target: target.name, workload, result: await result };
}

try {
  if (wanted.has('rooms')) {
    const rows: RoomsRow[] = [];
    for (const window of [1, 4]) {
      await atrium.prepare(size.rooms * size.membersPerRoom, size.rooms);
      rows.push(await row(atrium, `ROOMS w${window}`, closedLoop(atrium, { ...size, window })));
      rows.push(await row(wsFloor, `ROOMS w${window}`, closedLoop(wsFloor, { ...size, window })));
    }
    say(roomsTable(rows));
    say(cpuTable(rows.filter((row) => row.target === atrium.name)));
  }
  if (wanted.has('light')) {
    const rows = [
      await row(atrium, 'light 300/s', openLoop(atrium, { ...size, perSecond: 300 })),
      await row(wsFloor, 'light 300/s', openLoop(wsFloor, { ...size, perSecond: 300 })),
    ];
    say(roomsTable(rows));
    say(cpuTable(rows.filter((row) => row.target === atrium.name)));
  }
  if (wanted.has('fanout')) {
    const sockets = Number(values.sockets);
    const ours = await fanout(atrium, { sockets, room: size.rooms });
    const floor = await fanout(socketIoFloor, { sockets, room: 0 });
    say(
      fanoutTable(sockets, [
        { name: atrium.name, ...ours },
        { name: socketIoFloor.name, ...floor },
      ]),
    );
  }
  if (wanted.has('history')) {
    const messages = Number(values.history);
    say(historyLine(messages, await history(atrium, { messages, room: size.rooms + 1 })));
  }
  if (wanted.has('idle')) {
    say(memoryTable(memoryOf(stack.processes)));
    const gateways = stack.processes.filter(({ name }) => name.startsWith('gateway'));
    say(idleTable(await idle(atrium, { sockets: Number(values.idle), room: size.rooms + 6, gateways })));
  }
  if (wanted.has('catch-up')) say(catchUpTable(await catchUp(atrium, { room: size.rooms + 7 })));
  if (wanted.has('search')) {
    const room = size.rooms + 2;
    await atrium.prepare(1, room + 1);
    const place = await atrium.placeOf(0, room);
    const ask = (query: string) => atrium.search(0, query);
    say(searchTable(await search({ messages: Number(values.search), databaseUrl, ...place, search: ask })));
  }
  if (wanted.has('day')) say(dayTable(await day(atrium, { people: Number(values.people), like: Number(values.like), cpu: size.cpu })));
  if (wanted.has('page')) say(pageTable(await readersPage(atrium, { url: stack.url, room: size.rooms + 4 })));
  if (wanted.has('scale')) {
    const columns = await growingRoom(atrium, {
      sizes: values.scale.split(',').map(Number),
      rooms: size.rooms,
      room: size.rooms + 3,
      databaseUrl,
    });
    say(scaleTable(columns));
    if (values.plot) await writeFile(values.plot, scalePlot(...linesOf(columns)));
  }
} finally {
  await wsFloor.stop();
  await socketIoFloor.stop();
}
process.exit(0);

/** The sizes, and what was measured at each. */
function linesOf(columns: readonly ScaleColumn[]): [sizes: number[], lines: ScaleLine[]] {
  const whats = [...columns[0]!.latencies.keys()];
  const mediansOf = (what: string) => columns.map(({ latencies }) => latencies.get(what)!.percentile(50));
  return [columns.map(({ messages }) => messages), whats.map((what) => ({ what, medians: mediansOf(what) }))];
}
