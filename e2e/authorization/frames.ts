import { randomUUID } from 'node:crypto';
import { FRAME_SCOPES, type ClientEvent } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import { Socket, type Frame } from '../support/socket.ts';
import type { TestContext } from './place.ts';

const ANSWER_WITHIN_MS = 30_000;

/** Each frame as it would be right, but for who sends it. */
const FRAMES: { [E in ClientEvent]: (context: TestContext) => object } = {
  auth: () => ({}),
  token: ({ me }) => ({ token: me.token }),
  ping: () => ({}),
  'message.send': ({ place }) => ({ roomId: place.room.id, clientId: randomUUID(), body: 'Hello' }),
  'command.run': ({ place }) => ({ roomId: place.room.id, text: '/who' }),
  'interaction.answer': () => ({ interactionId: randomUUID(), body: 'Done' }),
  typing: ({ place }) => ({ roomId: place.room.id, typing: true }),
  read: ({ place }) => ({ roomId: place.room.id, seq: 1 }),
  focus: ({ place }) => ({ roomId: place.room.id }),
  presence: () => ({ active: true }),
};

/** Sends one frame as one role, on a socket of its own. @returns what comes back, or with which code the socket closes */
export async function sendFrame(event: ClientEvent, context: TestContext): Promise<string> {
  const socket = await Socket.open();
  try {
    const { cast, role, me } = context;
    const bad = await cast.tokenOf(role, FRAME_SCOPES[event]);
    // That a token may not follow another is told by a socket that has begun well.
    const opens = event === 'token' && role === 'scopeless' ? me.token : bad;
    if (opens !== undefined) {
      const begun = await introduce(socket, opens);
      if (event === 'auth' || begun !== 'ready') return begun;
    }
    const data = event === 'token' && role === 'scopeless' ? { token: bad } : FRAMES[event](context);
    socket.send(event, data, 'asked');
    return told(await either(socket, ({ id }) => id === 'asked'));
  } finally {
    socket.close();
  }
}

async function introduce(socket: Socket, token: string): Promise<string> {
  socket.send('auth', { token });
  return told(await either(socket, ({ event }) => event === 'ready'));
}

/** The frame that is waited for, or the code with which the socket closed before. */
function either(socket: Socket, fits: (frame: Frame) => boolean): Promise<Frame | number> {
  return waitFor(() => socket.frames.find(fits) ?? socket.closeCode, {
    withinMs: ANSWER_WITHIN_MS,
    what: 'an answer or the end of the socket',
  });
}

function told(answer: Frame | number): string {
  if (typeof answer === 'number') return `closed ${answer}`;
  if (answer.event !== 'error') return answer.event;
  return `${String(answer.data['status'])} ${String(answer.data['code'])}`;
}
