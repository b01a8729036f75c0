import type { RpcClient } from '@atrium/bus';
import type { InputOf, rooms } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import type { Connection } from '../sockets/connection.ts';
import { Connections } from '../sockets/connections.ts';
import { PresenceReporter } from './presence.reporter.ts';

const ANN = '0190a000-0000-7000-8000-000000000001';

type Report = InputOf<typeof rooms.reportPresence>;

describe('who is reported as connected', () => {
  it('is told in one report after the other, so that none is overtaken by an older one', async () => {
    const [taken, answers]: [string[], (() => void)[]] = [[], []];
    const call = (_rpc: unknown, { users }: Report) => {
      for (const { status } of users) taken.push(status);
      return new Promise<object>((resolve) => answers.push(() => resolve({})));
    };
    const connections = new Connections();
    const reporter = new PresenceReporter({ call } as unknown as RpcClient, connections);
    const socket = { identity: { userId: ANN }, active: true } as unknown as Connection;
    connections.name(socket);
    reporter.changed(ANN);
    await waitFor(() => taken.length === 1);
    connections.remove(socket);
    const ended = reporter.onModuleDestroy();
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toEqual(['online']);
    answers.shift()!();
    await waitFor(() => taken.length === 2);
    answers.shift()!();
    await ended;
    expect(taken).toEqual(['online', 'offline']);
  });
});
