import { randomUUID } from 'node:crypto';
import type { Problem, Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person, request } from './support/person.ts';
import { Socket } from './support/socket.ts';
import { url } from './support/stack.ts';

afterAll(cleanUp);

describe('a request', () => {
  let ann: Person;
  let room: Room;
  beforeAll(async () => {
    ann = await Person.register('ann');
    room = await ann.createRoom();
  });

  const nowhere = randomUUID();
  const cases: [string, string, unknown, number, string][] = [
    ['POST', '/api/auth/register', { username: 'A B', password: 'long enough' }, 422, 'validation_failed'],
    ['POST', '/api/auth/register', { username: 'short-pw', password: 'x' }, 422, 'validation_failed'],
    ['POST', '/api/auth/login', { username: 'ann' }, 422, 'validation_failed'],
    ['POST', '/api/auth/login', '{"username":', 400, 'malformed_request'],
    ['POST', '/api/auth/refresh', { tokenTransport: 'body', refreshToken: 'nonsense' }, 401, 'unauthenticated'],
    ['PATCH', '/api/me', { presence: 'asleep' }, 422, 'validation_failed'],
    ['GET', '/api/me/credits?limit=0', undefined, 422, 'validation_failed'],
    ['GET', '/api/users?limit=1000', undefined, 422, 'validation_failed'],
    ['DELETE', `/api/auth/sessions/${nowhere}`, undefined, 404, 'session_not_found'],
    ['GET', '/api/rooms?scope=everything', undefined, 422, 'validation_failed'],
    ['POST', '/api/rooms', {}, 422, 'validation_failed'],
    ['POST', '/api/rooms', { name: '   ' }, 422, 'validation_failed'],
    ['POST', '/api/rooms', { name: 'x', maxMembers: 'many' }, 422, 'validation_failed'],
    ['POST', '/api/rooms', [], 422, 'validation_failed'],
    ['GET', '/api/rooms/not-an-id', undefined, 404, 'room_not_found'],
    ['GET', `/api/rooms/${nowhere}`, undefined, 404, 'room_not_found'],
    ['PATCH', '/api/rooms/ROOM', { whoCanPost: 'cats' }, 422, 'validation_failed'],
    ['POST', `/api/rooms/${nowhere}/join`, {}, 404, 'room_not_found'],
    ['POST', '/api/rooms/ROOM/leave', { successorId: nowhere }, 422, 'invalid_successor'],
    ['PATCH', `/api/rooms/ROOM/members/${nowhere}`, { role: 'king' }, 422, 'validation_failed'],
    ['PATCH', `/api/rooms/ROOM/members/${nowhere}`, { role: 'moderator' }, 404, 'member_not_found'],
    ['POST', '/api/rooms/ROOM/host', { userId: nowhere }, 404, 'member_not_found'],
    ['POST', `/api/rooms/ROOM/members/${nowhere}/kick`, {}, 404, 'member_not_found'],
    ['POST', '/api/rooms/ROOM/typing', { typing: 'yes' }, 422, 'validation_failed'],
    ['POST', '/api/rooms/ROOM/bot/toggle', { enabled: 'maybe' }, 422, 'validation_failed'],
    ['POST', '/api/rooms/ROOM/messages', {}, 422, 'validation_failed'],
    ['POST', '/api/rooms/ROOM/messages', { body: 'x'.repeat(10_001) }, 422, 'message_too_long'],
    ['POST', '/api/rooms/ROOM/messages', { body: 'x', parentId: nowhere }, 404, 'message_not_found'],
    ['POST', '/api/rooms/ROOM/messages', { body: 'x', fileIds: [nowhere] }, 404, 'file_not_found'],
    ['POST', '/api/rooms/ROOM/messages', { body: 'x', clientId: 'y'.repeat(65) }, 422, 'validation_failed'],
    ['GET', `/api/rooms/ROOM/messages/${nowhere}/thread`, undefined, 404, 'message_not_found'],
    ['GET', '/api/rooms/ROOM/threads?filter=mine', undefined, 422, 'validation_failed'],
    ['POST', `/api/rooms/ROOM/messages/${nowhere}/pin`, {}, 404, 'message_not_found'],
    ['POST', '/api/rooms/ROOM/read', { seq: -1 }, 422, 'validation_failed'],
    ['POST', '/api/rooms/ROOM/read', { seq: 10_000 }, 422, 'validation_failed'],
    ['GET', '/api/rooms/ROOM/events?after=abc', undefined, 422, 'validation_failed'],
    ['POST', '/api/rooms/ROOM/files', { name: 'no form' }, 415, 'unsupported_media_type'],
    ['GET', `/api/rooms/ROOM/files/${nowhere}`, undefined, 404, 'file_not_found'],
    ['GET', `/api/rooms/ROOM/files/${nowhere}/content`, undefined, 404, 'file_not_found'],
    ['POST', `/api/rooms/ROOM/files/${nowhere}/chat`, { question: 'Who?' }, 404, 'file_not_found'],
    ['POST', `/api/rooms/ROOM/files/${nowhere}/retry`, undefined, 404, 'file_not_found'],
    ['POST', '/api/rooms/ROOM/ask', { question: '' }, 422, 'validation_failed'],
    ['POST', '/api/rooms/ROOM/ask', { question: 'Anything?' }, 409, 'file_not_ready'],
    ['GET', '/api/nothing/here', undefined, 404, 'not_found'],
    ['PUT', '/api/me', {}, 405, 'method_not_allowed'],
  ];

  it.each(cases)('%s %s with %j is answered with %d %s', async (method, path, body, status, code) => {
    const reply = await ann.call<Problem>(method, path.replace('ROOM', room.id), body);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    // RFC 9457 lets a problem carry more, such as the state of a file that cannot be asked.
    expect(reply.body).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status,
      code,
      detail: expect.any(String),
      requestId: reply.headers.get('x-request-id'),
      ...(reply.body.errors && { errors: expect.any(Array) }),
    });
    if (code === 'validation_failed') expect(reply.body.errors!.length).toBeGreaterThan(0);
  });

  it('is refused without a token, and with one that is not valid', async () => {
    for (const token of [undefined, 'nonsense', `${ann.token}x`]) {
      const reply = await request<Problem>('GET', '/api/rooms', { token });
      expect([reply.status, reply.body.code]).toEqual([401, 'unauthenticated']);
    }
  });

  it('is taken with a slash at its end, and gets the request id back that it came with', async () => {
    const reply = await ann.call('GET', '/api/me/', undefined, { 'x-request-id': 'my-request-1' });
    expect([reply.status, reply.headers.get('x-request-id')]).toEqual([200, 'my-request-1']);
  });

  it('opens a socket that is closed where no token follows, a wrong one, or a frame that is too large', async () => {
    const silent = await Socket.open();
    const liar = await Socket.open();
    liar.send('auth', { token: 'nonsense' });
    expect(await liar.closed()).toBe(4401);
    const shouter = await Socket.connect(ann);
    shouter.sendRaw(JSON.stringify({ event: 'message.send', id: 1, data: { roomId: room.id, clientId: 'x', body: 'x'.repeat(70_000) } }));
    expect(await shouter.closed()).toBe(4413);
    expect(await silent.closed()).toBe(4408);
  });

  it('that is a frame nobody can use is answered with an error, and the socket goes on', async () => {
    const socket = await Socket.connect(ann);
    socket.sendRaw('{"event":');
    await socket.next('error', (data) => data['code'] === 'malformed_request');
    socket.send('dance', {}, 'd');
    expect(await socket.answer('d')).toMatchObject({ event: 'error' });
    socket.send('typing', { roomId: 'nowhere', typing: true }, 't');
    expect(await socket.answer('t')).toMatchObject({ event: 'error', data: { code: 'validation_failed' } });
    socket.send('ping', {}, 'p');
    await socket.next('pong');
  });

  it('can be written from the documents that the gateway serves', async () => {
    const openapi = (await (await fetch(`${url}/api/openapi.json`)).json()) as { openapi: string; paths: Record<string, object> };
    expect(openapi.openapi).toMatch(/^3\.1/);
    expect(Object.keys(openapi.paths)).toEqual(expect.arrayContaining(['/api/rooms/{roomId}/messages', '/api/auth/login']));
    const asyncapi = (await (await fetch(`${url}/api/asyncapi.json`)).json()) as { asyncapi: string };
    expect(asyncapi.asyncapi).toMatch(/^3\./);
  });
});
