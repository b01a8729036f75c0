import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { deadLetterSubject } from '@atrium/contracts';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type pg from 'pg';
import { WebSocket } from 'ws';
import { natsServers } from '../../../libs/bus/src/nats-servers.ts';
import { gatewayPorts } from '../../../tools/local/services.ts';
import { INSTANCES, type DrillSystem } from '../system.ts';
import type { Participant } from '../participant.ts';

/** What is broken, and by whom. */
export interface Stage {
  system: DrillSystem;
  host: Participant;
  /** Who is in the room, the host too. */
  members: readonly Participant[];
  roomId: string;
  /** As the operator, who may do everything. */
  database: pg.Pool;
  /** Ends with the fault. */
  signal: AbortSignal;
}
/** Begins a fault. @returns how it ends */
type Strike = (stage: Stage) => Promise<() => Promise<void>>;

const SLOW_MS = 500;
const FILES_WAITING = 110;
const FILES_AT_ONCE = 10;
/** More than one commit in that time are published as one. */
const COMMIT_APART_MS = 30;
/** Of each member: a person may have twenty. */
const DEAF_PAGES = 18;
const DEAF_BACKLOG_BYTES = 70 * 1024 * 1024;
const CONSUMER_OF_DRILL = 'rooms-drill';

/** One fault for each alert that should wake somebody or leave a note. */
export const ALERT_FAULTS: Readonly<Record<string, Strike>> = {
  ProcessGone: ({ system }) => away(system, ['bot']),
  ServiceGone: ({ system }) => away(system, instancesOf('bot')),
  RequestsFail: async (stage) => {
    ask(stage);
    return away(stage.system, instancesOf('rooms'));
  },
  CallsFail: async (stage) => {
    ask(stage);
    return away(stage.system, ['postgres']);
  },
  RequestsSlow: async (stage) => {
    ask(stage);
    const wires = stage.system.edges.find('postgres');
    for (const wire of wires) wire.slow(SLOW_MS);
    return async () => {
      for (const wire of wires) wire.heal();
    };
  },
  // What is read ends while nobody can be told.
  EventsWaitToBePublished: async (stage) => {
    await upload(stage, 3, 'The pump was serviced in May. '.repeat(100_000));
    return away(stage.system, ['nats']);
  },
  // Events are handed out again and again, so that those after them wait.
  ConsumerBehind: async (stage) => {
    let changes = 0;
    repeat(stage.signal, COMMIT_APART_MS, () => stage.host.client.rooms.update(stage.roomId, { topic: `change ${changes++}` }));
    return refuseWrites(stage.database, 'messages.fact_heads');
  },
  CopiesBehind: async (stage) => {
    const heal = await refuseWrites(stage.database, 'messages.fact_heads');
    await stage.host.client.rooms.update(stage.roomId, { topic: 'not to be stored' }).catch(() => undefined);
    return heal;
  },
  EventsGivenUp: async ({ system, database }) => {
    const connection = await connect(natsServers(system.file.env['NATS_URL']!));
    const id = randomUUID();
    const letter = { id, subject: 'accounts.userUpdated', payload: '{}', error: 'no column', process: 'rooms', tries: 8 };
    await jetstream(connection).publish(deadLetterSubject(CONSUMER_OF_DRILL), JSON.stringify(letter), { msgID: id });
    await connection.close();
    // As `npm run dead` leaves what is discarded.
    return async () =>
      void (await database.query('update accounts.dead_letters set settled_at = now() where consumer = $1', [CONSUMER_OF_DRILL]));
  },
  FilesWaitToBeRead: async (stage) => {
    const back = await away(stage.system, instancesOf('files-worker'));
    await upload(stage, FILES_WAITING, 'One line. ');
    return back;
  },
  SearchBehind: async (stage) => {
    talk(stage);
    return refuseWrites(stage.database, 'messages.search_progress');
  },
  LoopBlocked: async ({ system, signal }) => {
    const stutter = async () => {
      while (!signal.aborted) {
        system.signal('accounts', 'SIGSTOP');
        await sleep(400);
        system.signal('accounts', 'SIGCONT');
        await sleep(200);
      }
    };
    const done = stutter();
    return () => done;
  },
  ClientsCannotFollow: async (stage) => {
    const deaf = await Promise.all(stage.members.flatMap((member) => Array.from({ length: DEAF_PAGES }, () => connectDeaf(stage, member))));
    const enough = new AbortController();
    const talking = AbortSignal.any([enough.signal, stage.signal]);
    talk({ ...stage, signal: talking }, 'x'.repeat(9_000));
    void stopWhen(() => backlogOf(stage.system), DEAF_BACKLOG_BYTES, enough, talking);
    return async () => {
      for (const socket of deaf) socket.terminate();
    };
  },
};

const instancesOf = (service: string): string[] =>
  Array.from({ length: INSTANCES }, (_, index) => (index === 0 ? service : `${service}-${index + 1}`));

async function away(system: DrillSystem, names: readonly string[]): Promise<() => Promise<void>> {
  await Promise.all(names.map((name) => system.stack.halt(name)));
  return async () => {
    await Promise.all(names.map((name) => system.stack.resume(name)));
  };
}

/** A table that can be read and not written, as on a full disk. */
async function refuseWrites(database: pg.Pool, table: string): Promise<() => Promise<void>> {
  const name = `${table.split('.')[0]}.refuse_in_drill`;
  await database.query(`create or replace function ${name}() returns trigger language plpgsql as $$ begin raise 'no space left'; end $$`);
  await database.query(`create trigger drill before insert or update on ${table} execute function ${name}()`);
  return async () => {
    await database.query(`drop trigger drill on ${table}`);
    await database.query(`drop function ${name}()`);
  };
}

/** Asks for a room, again and again; what becomes of it is what the alerts are about. */
function ask({ host, roomId, signal }: Stage): void {
  repeat(signal, 100, () => host.client.rooms.get(roomId));
}

/** Says something, again and again, each in a commit of its own. */
function talk({ host, roomId, signal }: Stage, body = 'The boiler hums.'): void {
  repeat(signal, COMMIT_APART_MS, () => host.client.messages.send(roomId, { body }));
}

function repeat(signal: AbortSignal, everyMs: number, act: () => Promise<unknown>): void {
  const timer = setInterval(() => void act().catch(() => undefined), everyMs);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

async function upload({ host, roomId }: Stage, count: number, text: string): Promise<void> {
  for (let from = 0; from < count; from += FILES_AT_ONCE) {
    const names = Array.from({ length: Math.min(FILES_AT_ONCE, count - from) }, (_, index) => `drill-${from + index}.txt`);
    await host.client.files.upload(
      roomId,
      names.map((name) => ({ name, content: new Blob([`${name}\n\n${text}`]) })),
    );
  }
}

/** Somebody who is there and does not read. Past the wires, which would read for them. */
async function connectDeaf({ system }: Stage, member: Participant): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${gatewayPorts(system.stack.settings)[0]}/ws`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send(JSON.stringify({ event: 'auth', data: { token: await member.client.session.token() } }));
  await new Promise((resolve) => socket.once('message', resolve));
  socket.pause();
  return socket;
}

/** Before each of them is too far behind to be kept. */
async function stopWhen(read: () => Promise<number>, limit: number, stop: AbortController, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if ((await read()) > limit) return stop.abort();
    await sleep(100);
  }
}

async function backlogOf(system: DrillSystem): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${system.process('gateway').healthPort}/metrics`)).text();
  return Number(/^atrium_socket_backlog_bytes(?:\{[^}]*\})? (.+)$/m.exec(page)?.[1] ?? 0);
}
