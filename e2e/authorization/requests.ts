import { randomUUID } from 'node:crypto';
import { aPicture, type PersonRole } from './cast.ts';
import { later, type TestContext } from './place.ts';

type Params = Record<string, string>;
/** How an act is done: with real ids, and valid in everything but who does it. */
export type ActRequest = { params?: Params; query?: string; body?: unknown; headers?: Record<string, string> };
type Act = {
  request?: (context: TestContext) => ActRequest | Promise<ActRequest>;
  /** Who may do it does it in a room of their own, because it would change what others act on. */
  apart?: true;
  /** Who must be in their role beside the one who acts. */
  with?: readonly PersonRole[];
  /** Nobody brings what they have. */
  withoutToken?: true;
};

const of = (body: unknown): Act => ({ request: () => ({ body }) });
const form = () => {
  const data = new FormData();
  data.append('file', new Blob(['The tide tables']), 'tides.txt');
  return data;
};
const ofFile: Act = { request: async ({ place }) => ({ params: { fileId: (await place.file()).id } }) };
const TUS = { 'tus-resumable': '1.0.0' };
const ofUpload = (body?: string): Act => ({
  request: async ({ place }) => ({
    params: { uploadId: await place.upload() },
    headers: { ...TUS, ...(body !== undefined && { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }) },
    body,
  }),
});
const asking = (more: Act = {}): Act => ({
  ...more,
  request: async ({ place }) => ({ params: { fileId: (await place.file()).id }, body: { question: 'When was the lighthouse built?' } }),
});
const ofPoll = (body?: unknown): Act => ({ request: async ({ place }) => ({ params: { pollId: await place.poll() }, body }) });
const ofWebhook = (body?: unknown): Act => ({
  request: async ({ place }) => ({ params: { webhookId: (await place.incoming()).id }, body }),
});
const ofDelivery: Act = { request: async ({ place }) => ({ params: await place.delivery() }) };
const apart = (act: Act): Act => ({ ...act, apart: true });
const aboutBanned: Act = {
  request: ({ cast }) => ({ params: { userId: cast.people.banned.id }, body: {} }),
  apart: true,
  with: ['banned'],
};
const aboutWaiting: Act = { request: ({ cast }) => ({ params: { userId: cast.people.waiting.id } }), apart: true, with: ['waiting'] };
const mine = (body?: unknown): Act => ({ request: ({ place, me }) => ({ params: { messageId: place.messageBy(me).id }, body }) });
const withReason = { reason: 'As the table says' };

/** What is not here takes no body, and acts on the room, its target and what the target said. */
export const REQUESTS: Record<string, Act> = {
  'POST /api/auth/register': of({}),
  'POST /api/auth/login': of({}),
  'POST /api/auth/refresh': of({}),
  // With an access token it would end the session that every other act needs.
  'POST /api/auth/logout': { ...of({ refreshToken: 'x' }), withoutToken: true },
  'POST /api/auth/password/forgot': of({ usernameOrEmail: 'nobody-of-this-name' }),
  'POST /api/auth/password/reset': of({ token: 'x', password: 'a long new password' }),
  'POST /api/auth/two-factor': of({ challenge: 'x', code: '123456' }),
  'PATCH /api/me': of({ statusText: 'At the harbour' }),
  'DELETE /api/me': of({ password: 'not my password' }),
  'POST /api/me/password': of({ current: 'not my password', next: 'another long password' }),
  'POST /api/me/tokens': of({ name: 'Mine', scopes: ['rooms:read'] }),
  'POST /api/me/two-factor': of({ code: '000000' }),
  'DELETE /api/me/two-factor': of({ password: 'not my password' }),
  'PUT /api/me/avatar': { request: () => ({ body: aPicture() }) },
  'POST /api/rooms': of({ name: 'Mine' }),
  'PATCH /api/rooms/{roomId}': of({ topic: 'Tides' }),
  'DELETE /api/rooms/{roomId}': { apart: true },
  'POST /api/rooms/{roomId}/join': {
    request: async ({ role, place }) => ({ body: role === 'invited' ? { inviteCode: await place.inviteCode() } : {} }),
    apart: true,
  },
  'POST /api/rooms/{roomId}/leave': apart(of({})),
  'POST /api/rooms/{roomId}/typing': of({ typing: true }),
  'POST /api/rooms/{roomId}/bot/toggle': of({ enabled: true }),
  'POST /api/rooms/direct': { request: ({ cast }) => ({ body: { userIds: [cast.people.target.id] } }) },
  'POST /api/rooms/{roomId}/members': { request: ({ cast }) => ({ body: { userIds: [cast.people.invited.id] } }), apart: true },
  'PATCH /api/rooms/{roomId}/members/{userId}': apart(of({ role: 'moderator' })),
  'POST /api/rooms/{roomId}/host': { request: ({ cast }) => ({ body: { userId: cast.people.target.id } }), apart: true },
  'POST /api/rooms/{roomId}/members/{userId}/kick': apart(of({})),
  'POST /api/rooms/{roomId}/members/{userId}/ban': apart(of({})),
  'POST /api/rooms/{roomId}/members/{userId}/unban': aboutBanned,
  'POST /api/rooms/{roomId}/members/{userId}/mute': apart(of({ seconds: 60 })),
  'POST /api/rooms/{roomId}/members/{userId}/unmute': apart(of({})),
  'POST /api/rooms/{roomId}/hand': of({ raised: true }),
  'POST /api/rooms/{roomId}/invites': of({}),
  'DELETE /api/rooms/{roomId}/invites': { apart: true },
  'DELETE /api/rooms/{roomId}/invites/{code}': { apart: true },
  'DELETE /api/rooms/{roomId}/lobby/me': { apart: true },
  'POST /api/rooms/{roomId}/lobby/admit-all': { apart: true, with: ['waiting'] },
  'POST /api/rooms/{roomId}/lobby/{userId}/admit': aboutWaiting,
  'POST /api/rooms/{roomId}/lobby/{userId}/deny': aboutWaiting,
  'POST /api/rooms/{roomId}/messages': of({ body: 'Hello' }),
  'POST /api/rooms/{roomId}/messages/{messageId}/pin': of({ pinned: true }),
  'PUT /api/rooms/{roomId}/draft': of({ body: 'Half a' }),
  'POST /api/rooms/{roomId}/scheduled': of({ body: 'Later', sendAt: later() }),
  'PATCH /api/me/scheduled/{scheduledId} (somebody else’s)': of({ body: 'Not what was meant' }),
  'POST /api/rooms/{roomId}/read': of({ seq: 1 }),
  'POST /api/me/notifications/read': of({}),
  'PUT /api/me/preferences': of({ sound: true }),
  'POST /api/me/push-subscriptions': of({ endpoint: 'https://192.168.0.1/' }),
  'DELETE /api/me/push-subscriptions': of({}),
  'PUT /api/rooms/{roomId}/notify': of({ level: 'mentions' }),
  'PATCH /api/rooms/{roomId}/messages/{messageId} (somebody else’s)': of({ body: 'Not what was said' }),
  'PATCH /api/rooms/{roomId}/messages/{messageId} (one’s own)': mine({ body: 'What I meant' }),
  'DELETE /api/rooms/{roomId}/messages/{messageId} (somebody else’s)': apart(of(withReason)),
  'DELETE /api/rooms/{roomId}/messages/{messageId} (one’s own)': apart(mine({})),
  'POST /api/rooms/{roomId}/files': { request: () => ({ body: form() }) },
  'POST /api/rooms/{roomId}/uploads': {
    request: () => ({ headers: { ...TUS, 'upload-length': '9', 'upload-metadata': `filename ${btoa('tides.txt')}` } }),
  },
  'GET /api/rooms/{roomId}/uploads/{uploadId} (somebody else’s)': ofUpload(),
  'PATCH /api/rooms/{roomId}/uploads/{uploadId} (somebody else’s)': ofUpload('The tides'),
  'DELETE /api/rooms/{roomId}/uploads/{uploadId} (somebody else’s)': ofUpload(),
  'GET /api/rooms/{roomId}/files/{fileId}': ofFile,
  'DELETE /api/rooms/{roomId}/files/{fileId} (somebody else’s)': apart(ofFile),
  'GET /api/rooms/{roomId}/files/{fileId}/text': ofFile,
  'POST /api/rooms/{roomId}/files/{fileId}/retry (somebody else’s)': ofFile,
  'GET /api/rooms/{roomId}/files/{fileId}/content': ofFile,
  'POST /api/rooms/{roomId}/files/{fileId}/chat': asking(),
  'GET /api/rooms/{roomId}/files/{fileId}/chat': ofFile,
  'DELETE /api/rooms/{roomId}/files/{fileId}/chat': ofFile,
  'POST /api/rooms/{roomId}/ask': asking(),
  'GET /api/rooms/{roomId}/files/{fileId}/chat/export': ofFile,
  'PUT /api/rooms/{roomId}/answers/{answerId}/feedback (on somebody else’s)': {
    request: async ({ place }) => ({ params: { answerId: (await place.answer()).id }, body: { helpful: true } }),
  },
  'GET /api/rooms/{roomId}/files/{fileId}/preview': ofFile,
  'GET /api/rooms/{roomId}/files/{fileId}/guide': ofFile,
  'GET /api/rooms/{roomId}/files/{fileId}/excerpt': ofFile,
  'GET /api/rooms/{roomId}/files/{fileId}/versions': ofFile,
  'GET /api/search': { request: ({ place }) => ({ query: `?q=harbour&roomId=${place.room.id}` }) },
  'POST /api/rooms/{roomId}/commands': of({ text: '/who' }),
  'POST /api/rooms/{roomId}/commands/check': of({ text: '/remind tomorrow 9 tea' }),
  'GET /api/rooms/{roomId}/polls': { request: async ({ place }) => ({ query: `?ids=${await place.poll()}` }) },
  'PUT /api/rooms/{roomId}/polls/{pollId}/vote': ofPoll({ options: [0] }),
  'POST /api/rooms/{roomId}/polls/{pollId}/close (somebody else’s)': apart(ofPoll()),
  'GET /api/rooms/{roomId}/polls/{pollId}/export': ofPoll(),
  'DELETE /api/rooms/{roomId}/reminders/{reminderId} (somebody else’s)': {
    request: async ({ place }) => ({ params: { reminderId: await place.reminder() } }),
  },
  'PUT /api/rooms/{roomId}/keywords': of({ keyword: 'tide', answer: 'High at noon' }),
  'DELETE /api/rooms/{roomId}/keywords/{keywordId}': {
    request: async ({ place }) => ({ params: { keywordId: await place.keyword() } }),
    apart: true,
  },
  'POST /api/rooms/{roomId}/keywords/test': of({ text: 'Where is the wifi?' }),
  'POST /api/rooms/{roomId}/webhooks': of({ kind: 'incoming', name: 'Builds' }),
  'PATCH /api/rooms/{roomId}/webhooks/{webhookId}': ofWebhook({ name: 'Deployments' }),
  'DELETE /api/rooms/{roomId}/webhooks/{webhookId}': apart(ofWebhook()),
  'GET /api/rooms/{roomId}/webhooks/{webhookId}/deliveries': ofDelivery,
  'POST /api/rooms/{roomId}/webhooks/{webhookId}/deliveries/{deliveryId}/replay': ofDelivery,
  'POST /api/hooks/{webhookId}/{secret}': {
    request: async ({ place }) => {
      const { id, secret } = await place.incoming();
      return { params: { webhookId: id, secret }, body: { text: 'Deployed' } };
    },
  },
  'POST /api/me/bots': { request: () => ({ body: { name: `Helper ${randomUUID().slice(0, 8)}` } }) },
  'PATCH /api/me/bots/{botId} (somebody else’s)': of({ description: 'Mine now' }),
  'PUT /api/me/bots/{botId}/avatar (somebody else’s)': { request: () => ({ body: aPicture() }) },
  'PUT /api/me/bots/{botId}/commands (somebody else’s)': of({ commands: [] }),
  'POST /api/me/bots/{botId}/tokens (somebody else’s)': of({ name: 'mine' }),
  'POST /api/interactions/{interactionId} (that is not there)': of({ body: 'Done' }),
  'PATCH /api/admin/users/{userId}': of({ disabled: false, ...withReason }),
  'POST /api/admin/users/{userId}/credits': of({ amount: 1, ...withReason }),
  'POST /api/admin/users/{userId}/sign-out': { request: ({ cast }) => ({ params: { userId: cast.people.spare.id }, body: withReason }) },
  'PATCH /api/admin/rooms/{roomId}': apart(of({ archived: true, ...withReason })),
  'POST /api/admin/rooms/{roomId}/purge': apart(of(withReason)),
  'DELETE /api/admin/messages/{messageId}': apart(of(withReason)),
  'POST /api/admin/files/{fileId}/retry': {
    request: async ({ place }) => ({ params: { fileId: (await place.file()).id }, body: withReason }),
  },
  'DELETE /api/admin/files/{fileId}': {
    request: async ({ place }) => ({ params: { fileId: (await place.file()).id }, body: withReason }),
    apart: true,
  },
  'POST /api/admin/jobs/{jobId}/retry (that is not there)': of(withReason),
  'POST /api/admin/dead-letters/{letterId}/redeliver (that is not there)': of(withReason),
  'DELETE /api/admin/dead-letters/{letterId} (that is not there)': of(withReason),
};

/** What stands in an address unless the act says otherwise. */
export async function usualParams({ place, cast }: TestContext, names: readonly string[]): Promise<Params> {
  const usual: Params = {
    roomId: place.room.id,
    userId: cast.people.target.id,
    messageId: place.message.id,
    emoji: encodeURIComponent('👍'),
    provider: 'nobody',
    jobId: 'extract-1',
    interactionId: randomUUID(),
    previewId: randomUUID(),
    letterId: randomUUID(),
  };
  const made: Record<string, () => Promise<string>> = {
    avatarId: () => cast.picture(),
    sessionId: () => cast.session(),
    tokenId: () => cast.token(),
    botId: () => cast.bot(),
    code: () => place.inviteCode(),
    scheduledId: () => place.scheduled(),
  };
  for (const name of names) if (made[name]) usual[name] = await made[name]();
  return usual;
}
