import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readStackFile } from '../tools/local/stack-file.ts';
import { AtriumTarget } from './load/atrium-target.ts';
import { cpuSeconds, type Watched } from './load/cpu.ts';
import { FloorTarget } from './load/floor-target.ts';
import { Histogram } from './load/histogram.ts';
import type { Seat, Target } from './load/seats.ts';
import { findChromium } from '../tools/test/chromium.ts';
import { cpuTable, fanoutTable, historyLine, pageTable, roomsTable, scaleTable, searchTable, type RoomsRow } from './report.ts';
import { fanout } from './workloads/fanout.ts';
import { scalePlot, type ScaleLine } from './scale-plot.ts';
import { page } from './workloads/page.ts';
import { scale, type ScaleColumn, type ScaleProbe } from './workloads/scale.ts';
import { search } from './workloads/search.ts';
import { closedLoop, openLoop } from './workloads/rooms.ts';

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
const atrium = new AtriumTarget(stack.url);
const wsFloor = new FloorTarget('ws', stack.env['DATABASE_URL']!);
const socketIoFloor = new FloorTarget('socket.io', stack.env['DATABASE_URL']!);
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
  if (wanted.has('history')) say(await history(Number(values.history)));
  if (wanted.has('search')) {
    const room = size.rooms + 2;
    await atrium.prepare(1, room + 1);
    const place = await atrium.placeOf(0, room);
    const ask = (query: string) => atrium.search(0, query);
    say(searchTable(await search({ messages: Number(values.search), databaseUrl: stack.env['DATABASE_URL']!, ...place, search: ask })));
  }
  if (wanted.has('page')) say(pageTable(await measurePage()));
  if (wanted.has('scale')) {
    const columns = await measureScale(values.scale.split(',').map(Number));
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

/** Says so many things in a room, sixteen on their way at a time. */
async function fill(room: number, messages: number, bodyOf: (index: number) => string): Promise<void> {
  await atrium.prepare(1, room + 1);
  let acked = 0;
  let done = () => {};
  const filled = new Promise<void>((resolve) => (done = resolve));
  const seat = await atrium.sit(0, room, {
    acked: () => {
      acked++;
      if (acked + 16 <= messages) seat.send(acked + 16, bodyOf(acked + 16));
      else if (acked >= messages) done();
    },
    refused: (code) => process.stderr.write(`refused while filling: ${code}\n`),
    delivered: () => undefined,
  });
  for (let i = 1; i <= 16; i++) seat.send(i, bodyOf(i));
  await filled;
  seat.close();
}

/** Fills a room, then reads its newest page again and again. */
async function history(messages: number): Promise<string> {
  const room = size.rooms + 1;
  await fill(room, messages, (index) => `message ${index} of a long history`);
  const latencies = new Histogram();
  for (let i = 0; i < 500; i++) {
    const startedAt = performance.now();
    await atrium.readNewest(0, room, 50);
    latencies.add(performance.now() - startedAt);
  }
  return historyLine(messages, latencies);
}

/** Somebody in two rooms, of a few messages and of thousands, as people write them: short, long, with lists and code. */
async function measurePage() {
  const [small, large, reader] = [size.rooms + 4, size.rooms + 5, 1];
  await atrium.prepare(2, large + 1);
  const bodies = [
    'Yes.',
    'Can somebody look at the **build** of yesterday? It took twice as long as the day before.',
    'Three things are left:\n\n- the notes of the release\n- the pictures\n- a word to `@everyone` who asked',
    'I read it twice and think that it is right. '.repeat(8),
    '```ts\nexport const answer = (question: string) => question.length;\n```',
  ];
  await fill(small, 40, (index) => bodies[index % bodies.length]!);
  await fill(large, 2_500, (index) => `${index}. ${bodies[index % bodies.length]!}`);
  let acked = () => {};
  const seat = await atrium.sit(0, small, {
    acked: () => acked(),
    refused: (code) => process.stderr.write(`refused: ${code}\n`),
    delivered: () => undefined,
  });
  const say = (body: string) =>
    new Promise<void>((resolve) => {
      acked = resolve;
      seat.send(1, body);
    });
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const figures = await page({
    url: stack!.url,
    chromiumPath: await findChromium(report),
    person: atrium.credentialsOf(reader),
    smallRoomId: (await atrium.placeOf(reader, small)).roomId,
    largeRoomId: (await atrium.placeOf(reader, large)).roomId,
    say,
  });
  seat.close();
  return figures;
}

/** One of many rooms of somebody who has read nothing in it, while it grows. */
async function measureScale(sizes: readonly number[]) {
  const room = size.rooms + 3;
  const reader = 1;
  await atrium.prepare(2, room + 1);
  for (let other = 0; other < size.rooms; other++) await atrium.placeOf(reader, other);
  const author = await atrium.placeOf(0, room);
  await atrium.placeOf(reader, room);
  let seat: Seat | undefined;
  let acked = () => {};
  let refused = (_code: string) => {};
  /** A seat for each size: filling takes longer than a token or an idle socket lives. */
  const sit = async () => {
    seat?.close();
    seat = await atrium.sit(0, room, { acked: () => acked(), refused: (code) => refused(code), delivered: () => undefined });
    return seat;
  };
  const sendFrom = (from: Seat) => () =>
    new Promise<void>((resolve, reject) => {
      acked = resolve;
      refused = (code) => reject(new Error(`a message was refused: ${code}`));
      from.send(1, 'one message more');
    });
  const messagesPath = `/api/rooms/${author.roomId}/messages`;
  const get = (path: string) => () => atrium.read(reader, path);
  const probes = async (messages: number): Promise<ScaleProbe[]> => [
    { what: 'newest 50', ask: get(`${messagesPath}?limit=50`) },
    { what: '50 around the middle', ask: get(`${messagesPath}?around=${Math.floor(messages / 2)}&limit=50`) },
    { what: '100 after the first', ask: get(`${messagesPath}?after=1&limit=100`) },
    { what: `the list of ${size.rooms + 1} rooms, with unread`, ask: get('/api/rooms') },
    { what: 'the room', ask: get(`/api/rooms/${author.roomId}`) },
    { what: 'threads of the room', ask: get(`/api/rooms/${author.roomId}/threads`) },
    { what: 'a socket until it is ready', ask: () => atrium.visit(reader, room) },
    { what: 'a message, sent and acknowledged', ask: sendFrom(await sit()) },
  ];
  const columns = await scale({ sizes, databaseUrl: stack!.env['DATABASE_URL']!, ...author, probes });
  seat?.close();
  return columns;
}
