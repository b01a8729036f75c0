import { ROLE_NAMES, type Role } from './roles.ts';

/** What each role is answered: a status, with the code of a refusal; of a frame, what comes back. */
export type Cells = Record<Role, string>;
export type Row = { act: string; cells: Cells };
export type Part = { title: string; rows: Row[] };
/** What a kind of act answers to each role, given what it answers to those who may. */
type Kind = (done: string) => Cells;
type Exceptions = Partial<Cells>;

const SIGN_IN = '401 unauthenticated';
const HIDDEN = '404 room_not_found';
const STRANGER = '403 not_a_member';
const FORBIDDEN = '403 forbidden';

const everybody = (answer: string): Cells => Object.fromEntries(ROLE_NAMES.map((role) => [role, answer])) as Cells;
const nobodySignedIn = { anonymous: SIGN_IN, forged: SIGN_IN, expired: SIGN_IN };

/** Whoever comes, signed in or not. */
const anyone: Kind = (done) => everybody(done);
/** Whoever signed in, but no personal access token: it is about the account itself. */
const signedIn: Kind = (done) => ({ ...everybody(done), ...nobodySignedIn, scopeless: '403 insufficient_scope' });
/** Whoever signed in, and any personal access token. */
const anyToken: Kind = (done) => ({ ...everybody(done), ...nobodySignedIn });
/** To whoever is not in it a private room is not there. */
const inRoom: Kind = (done) => ({
  ...signedIn(HIDDEN),
  visitor: STRANGER,
  member: done,
  muted: done,
  moderator: done,
  host: done,
});
const writing: Kind = (done) => ({ ...inRoom(done), muted: '403 muted' });
const moderating: Kind = (done) => ({ ...inRoom(done), member: FORBIDDEN, muted: FORBIDDEN });
/** As `moderating`, of what changes the room: strangers to a public one may not, whether or not they come in. */
const ruling: Kind = (done) => ({ ...moderating(done), visitor: FORBIDDEN });
const hosting: Kind = (done) => ({ ...ruling(done), moderator: FORBIDDEN });
/** To everybody else what admins do is not there. */
const administering: Kind = (done) => ({ ...signedIn('404 not_found'), admin: done });

function row(act: string, kind: Kind, done: string, exceptions: Exceptions = {}): Row {
  return { act, cells: { ...kind(done), ...exceptions } };
}

const account: Row[] = [
  row('POST /api/auth/register', anyone, '422 validation_failed'),
  row('POST /api/auth/login', anyone, '422 validation_failed'),
  row('POST /api/auth/refresh', anyone, SIGN_IN),
  row('POST /api/auth/logout', anyone, '204'),
  row('POST /api/auth/two-factor', anyone, '401 challenge_expired'),
  row('POST /api/auth/password/forgot', anyone, '202'),
  row('POST /api/auth/password/reset', anyone, '403 reset_link_invalid'),
  row('GET /api/auth/providers', anyone, '200'),
  row('GET /api/auth/oidc/{provider}', anyone, '404 provider_not_found'),
  row('GET /api/auth/oidc/{provider}/callback', anyone, '302'),
  row('GET /api/avatars/{avatarId}', anyone, '200'),
  row('GET /api/auth/sessions', signedIn, '200'),
  row('DELETE /api/auth/sessions/{sessionId} (somebody else’s)', signedIn, '404 session_not_found'),
  row('GET /api/me', anyToken, '200'),
  row('PATCH /api/me', signedIn, '200'),
  row('DELETE /api/me', signedIn, '403 wrong_password'),
  row('GET /api/me/credits', anyToken, '200'),
  row('POST /api/me/password', signedIn, '403 wrong_password'),
  row('GET /api/me/tokens', signedIn, '200'),
  row('POST /api/me/tokens', signedIn, '201'),
  row('DELETE /api/me/tokens/{tokenId} (somebody else’s)', signedIn, '404 token_not_found'),
  row('GET /api/me/bots', signedIn, '200'),
  row('POST /api/me/bots', signedIn, '201'),
  row('GET /api/me/bots/{botId} (somebody else’s)', signedIn, '404 bot_not_found'),
  row('PATCH /api/me/bots/{botId} (somebody else’s)', signedIn, '404 bot_not_found'),
  row('PUT /api/me/bots/{botId}/avatar (somebody else’s)', signedIn, '404 bot_not_found'),
  row('DELETE /api/me/bots/{botId}/avatar (somebody else’s)', signedIn, '404 bot_not_found'),
  row('DELETE /api/me/bots/{botId} (somebody else’s)', signedIn, '404 bot_not_found'),
  row('PUT /api/me/bots/{botId}/commands (somebody else’s)', signedIn, '404 bot_not_found'),
  row('POST /api/me/bots/{botId}/tokens (somebody else’s)', signedIn, '404 bot_not_found'),
  row('DELETE /api/me/bots/{botId}/tokens/{tokenId} (somebody else’s)', signedIn, '404 bot_not_found'),
  row('GET /api/me/two-factor', signedIn, '200'),
  row('POST /api/me/two-factor', signedIn, '422 validation_failed'),
  row('DELETE /api/me/two-factor', signedIn, '403 wrong_password'),
  row('PUT /api/me/avatar', signedIn, '200'),
  row('DELETE /api/me/avatar', signedIn, '204'),
  row('GET /api/me/export', signedIn, '200'),
  row('GET /api/me/preferences', anyToken, '200'),
  row('PUT /api/me/preferences', signedIn, '200'),
  row('GET /api/push/key', anyone, '200'),
  row('POST /api/me/push-subscriptions', signedIn, '422 validation_failed'),
  row('DELETE /api/me/push-subscriptions', signedIn, '204'),
  row('GET /api/users', signedIn, '200'),
  row('GET /api/users/{userId}/rooms', signedIn, '200'),
];

const own: Row[] = [
  row('GET /api/me/notifications', signedIn, '200'),
  row('GET /api/me/mentions', signedIn, '200'),
  row('POST /api/me/notifications/read', signedIn, '200'),
  row('GET /api/me/threads', signedIn, '200'),
  row('GET /api/me/drafts', signedIn, '200'),
  row('GET /api/me/scheduled', signedIn, '200'),
  row('PATCH /api/me/scheduled/{scheduledId} (somebody else’s)', signedIn, '404 scheduled_not_found'),
  row('DELETE /api/me/scheduled/{scheduledId} (somebody else’s)', signedIn, '404 scheduled_not_found'),
  row('POST /api/me/scheduled/{scheduledId}/send (somebody else’s)', signedIn, '404 scheduled_not_found'),
  row('GET /api/me/saved', signedIn, '200'),
  row('PUT /api/me/saved/{messageId}', (done) => ({ ...inRoom(done), ...strangersTold('404 message_not_found') }), '200'),
  row('DELETE /api/me/saved/{messageId}', signedIn, '204'),
  row('GET /api/search', inRoom, '200'),
];

const rooms: Row[] = [
  row('GET /api/rooms', signedIn, '200'),
  row('POST /api/rooms', signedIn, '201'),
  row('POST /api/rooms/direct', signedIn, '201'),
  row('GET /api/rooms/{roomId}', inRoom, '200', { visitor: '200' }),
  row('PATCH /api/rooms/{roomId}', hosting, '200'),
  row('DELETE /api/rooms/{roomId}', hosting, '204', { admin: '204' }),
  row('POST /api/rooms/{roomId}/join', inRoom, '200', {
    visitor: '202',
    invited: '202',
    waiting: '202',
    banned: '403 banned',
    former: '403 invitation_required',
  }),
  row('POST /api/rooms/{roomId}/leave', inRoom, '200'),
  row('POST /api/rooms/{roomId}/typing', writing, '204'),
  row('POST /api/rooms/{roomId}/hand', inRoom, '204'),
  row('POST /api/rooms/{roomId}/bot/toggle', ruling, '200'),
  row('PUT /api/rooms/{roomId}/favourite', inRoom, '204'),
  row('DELETE /api/rooms/{roomId}/favourite', inRoom, '204'),
  row('PUT /api/rooms/{roomId}/notify', inRoom, '200'),
  row('GET /api/rooms/{roomId}/members', inRoom, '200'),
];

const moderation: Row[] = [
  row('POST /api/rooms/{roomId}/host', hosting, '200'),
  row('PATCH /api/rooms/{roomId}/members/{userId}', hosting, '200'),
  row('POST /api/rooms/{roomId}/members', ruling, '200'),
  row('POST /api/rooms/{roomId}/members/{userId}/kick', ruling, '204'),
  row('POST /api/rooms/{roomId}/members/{userId}/ban', ruling, '204'),
  row('POST /api/rooms/{roomId}/members/{userId}/unban', ruling, '204'),
  row('POST /api/rooms/{roomId}/members/{userId}/mute', ruling, '204'),
  row('POST /api/rooms/{roomId}/members/{userId}/unmute', ruling, '204'),
  row('GET /api/rooms/{roomId}/bans', moderating, '200'),
  row('DELETE /api/rooms/{roomId}/hands', ruling, '204'),
  row('GET /api/rooms/{roomId}/audit', moderating, '200'),
  row('GET /api/rooms/{roomId}/invites', moderating, '200'),
  row('POST /api/rooms/{roomId}/invites', ruling, '201'),
  row('DELETE /api/rooms/{roomId}/invites', ruling, '204'),
  row('DELETE /api/rooms/{roomId}/invites/{code}', ruling, '204'),
  row('GET /api/invites/{code}', anyone, '200'),
  row('GET /api/rooms/{roomId}/lobby', moderating, '200'),
  row('GET /api/rooms/{roomId}/lobby/me', signedIn, '404 not_waiting', { waiting: '200' }),
  row('DELETE /api/rooms/{roomId}/lobby/me', signedIn, '204'),
  row('POST /api/rooms/{roomId}/lobby/admit-all', ruling, '200'),
  row('POST /api/rooms/{roomId}/lobby/{userId}/admit', ruling, '204'),
  row('POST /api/rooms/{roomId}/lobby/{userId}/deny', ruling, '204'),
];

const messages: Row[] = [
  row('GET /api/rooms/{roomId}/messages', inRoom, '200'),
  row('POST /api/rooms/{roomId}/messages', writing, '201'),
  row('PATCH /api/rooms/{roomId}/messages/{messageId} (somebody else’s)', writing, FORBIDDEN),
  row('PATCH /api/rooms/{roomId}/messages/{messageId} (one’s own)', writing, '200'),
  row('DELETE /api/rooms/{roomId}/messages/{messageId} (somebody else’s)', moderating, '204'),
  row('DELETE /api/rooms/{roomId}/messages/{messageId} (one’s own)', inRoom, '204'),
  row('GET /api/rooms/{roomId}/messages/{messageId}/versions', inRoom, '200'),
  row('GET /api/rooms/{roomId}/messages/{messageId}/thread', inRoom, '200'),
  row('GET /api/rooms/{roomId}/threads', inRoom, '200'),
  row('GET /api/rooms/{roomId}/messages/{messageId}/follow', inRoom, '200'),
  row('PUT /api/rooms/{roomId}/messages/{messageId}/follow', inRoom, '204'),
  row('DELETE /api/rooms/{roomId}/messages/{messageId}/follow', inRoom, '204'),
  row('POST /api/rooms/{roomId}/messages/{messageId}/pin', moderating, '200'),
  row('GET /api/rooms/{roomId}/pins', inRoom, '200'),
  row('PUT /api/rooms/{roomId}/messages/{messageId}/reactions/{emoji}', writing, '200'),
  row('DELETE /api/rooms/{roomId}/messages/{messageId}/reactions/{emoji}', writing, '200'),
  row('GET /api/rooms/{roomId}/messages/{messageId}/reactions', inRoom, '200'),
  row('GET /api/rooms/{roomId}/messages/{messageId}/previews/{previewId}/image (that is not there)', inRoom, '404 not_found'),
  row('DELETE /api/rooms/{roomId}/messages/{messageId}/previews (somebody else’s)', moderating, '200'),
  row('PUT /api/rooms/{roomId}/draft', inRoom, '200'),
  row('POST /api/rooms/{roomId}/scheduled', writing, '201'),
  row('POST /api/rooms/{roomId}/read', inRoom, '200'),
  row('GET /api/rooms/{roomId}/events', inRoom, '200'),
];

const files: Row[] = [
  row('GET /api/rooms/{roomId}/files', inRoom, '200'),
  row('POST /api/rooms/{roomId}/files', writing, '201'),
  row('OPTIONS /api/rooms/{roomId}/uploads', anyone, '204'),
  row('POST /api/rooms/{roomId}/uploads', writing, '201'),
  row('GET /api/rooms/{roomId}/uploads/{uploadId} (somebody else’s)', inRoom, '404 upload_not_found'),
  row('PATCH /api/rooms/{roomId}/uploads/{uploadId} (somebody else’s)', writing, '404 upload_not_found'),
  row('DELETE /api/rooms/{roomId}/uploads/{uploadId} (somebody else’s)', inRoom, '404 upload_not_found'),
  row('GET /api/rooms/{roomId}/storage', inRoom, '200'),
  row('GET /api/rooms/{roomId}/files/{fileId}', inRoom, '200'),
  row('GET /api/rooms/{roomId}/files/{fileId}/versions', inRoom, '200'),
  row('DELETE /api/rooms/{roomId}/files/{fileId} (somebody else’s)', moderating, '204'),
  row('GET /api/rooms/{roomId}/files/{fileId}/text', inRoom, '200'),
  row('GET /api/rooms/{roomId}/files/{fileId}/content', inRoom, '200'),
  row('GET /api/rooms/{roomId}/files/{fileId}/preview', inRoom, '204'),
  row('GET /api/rooms/{roomId}/files/{fileId}/excerpt', inRoom, '200'),
  row('GET /api/rooms/{roomId}/files/{fileId}/guide', inRoom, '200'),
  row('POST /api/rooms/{roomId}/files/{fileId}/retry (somebody else’s)', moderating, '409 file_not_retryable'),
  row('POST /api/rooms/{roomId}/files/{fileId}/chat', inRoom, '200'),
  row('GET /api/rooms/{roomId}/files/{fileId}/chat', inRoom, '200'),
  row('DELETE /api/rooms/{roomId}/files/{fileId}/chat', inRoom, '204'),
  row('GET /api/rooms/{roomId}/files/{fileId}/chat/export', inRoom, '200'),
  row('POST /api/rooms/{roomId}/ask', inRoom, '200'),
  row('GET /api/rooms/{roomId}/ask', inRoom, '200'),
  row('DELETE /api/rooms/{roomId}/ask', inRoom, '204'),
  row('GET /api/rooms/{roomId}/ask/export', inRoom, '200'),
  row('PUT /api/rooms/{roomId}/answers/{answerId}/feedback (on somebody else’s)', inRoom, '404 answer_not_found'),
];

const bot: Row[] = [
  row('GET /api/rooms/{roomId}/commands', inRoom, '200'),
  row('POST /api/rooms/{roomId}/commands', writing, '200'),
  row('POST /api/rooms/{roomId}/commands/check', inRoom, '200'),
  row('POST /api/interactions/{interactionId} (that is not there)', signedIn, '404 interaction_not_found'),
  row('GET /api/rooms/{roomId}/polls', inRoom, '200'),
  row('PUT /api/rooms/{roomId}/polls/{pollId}/vote', writing, '200'),
  row('POST /api/rooms/{roomId}/polls/{pollId}/close (somebody else’s)', moderating, '200'),
  row('GET /api/rooms/{roomId}/polls/{pollId}/export', inRoom, '200'),
  row('GET /api/rooms/{roomId}/reminders', inRoom, '200'),
  row('DELETE /api/rooms/{roomId}/reminders/{reminderId} (somebody else’s)', inRoom, '404 reminder_not_found'),
  row('GET /api/rooms/{roomId}/keywords', moderating, '200'),
  row('PUT /api/rooms/{roomId}/keywords', moderating, '200'),
  row('DELETE /api/rooms/{roomId}/keywords/{keywordId}', moderating, '204'),
  row('POST /api/rooms/{roomId}/keywords/test', moderating, '200'),
  row('GET /api/rooms/{roomId}/webhooks', moderating, '200'),
  row('POST /api/rooms/{roomId}/webhooks', moderating, '201'),
  row('PATCH /api/rooms/{roomId}/webhooks/{webhookId}', moderating, '200'),
  row('DELETE /api/rooms/{roomId}/webhooks/{webhookId}', moderating, '204'),
  row('GET /api/rooms/{roomId}/webhooks/{webhookId}/deliveries', moderating, '200'),
  row('POST /api/rooms/{roomId}/webhooks/{webhookId}/deliveries/{deliveryId}/replay', moderating, '200'),
  row('POST /api/hooks/{webhookId}/{secret}', anyone, '200'),
];

const admin: Row[] = [
  row('GET /api/admin/users', administering, '200'),
  row('GET /api/admin/users/{userId}', administering, '200'),
  row('PATCH /api/admin/users/{userId}', administering, '200'),
  row('POST /api/admin/users/{userId}/credits', administering, '200'),
  row('POST /api/admin/users/{userId}/sign-out', administering, '204'),
  row('GET /api/admin/credits', administering, '200'),
  row('GET /api/admin/rooms', administering, '200'),
  row('GET /api/admin/rooms/{roomId}', administering, '200'),
  row('PATCH /api/admin/rooms/{roomId}', administering, '200'),
  row('POST /api/admin/rooms/{roomId}/purge', administering, '200'),
  row('GET /api/admin/purges', administering, '200'),
  row('GET /api/admin/members', administering, '200'),
  row('GET /api/admin/messages', administering, '200'),
  row('DELETE /api/admin/messages/{messageId}', administering, '204'),
  row('GET /api/admin/messages/{messageId}/deleted (without a reason)', administering, '422 validation_failed'),
  row('GET /api/admin/files', administering, '200'),
  row('GET /api/admin/storage', administering, '200'),
  row('POST /api/admin/files/{fileId}/retry', administering, '409 file_not_retryable'),
  row('DELETE /api/admin/files/{fileId}', administering, '204'),
  row('GET /api/admin/jobs', administering, '200'),
  row('POST /api/admin/jobs/{jobId}/retry (that is not there)', administering, '404 job_not_found'),
  row('GET /api/admin/dead-letters', administering, '200'),
  row('GET /api/admin/dead-letters/{letterId} (that is not there)', administering, '404 dead_letter_not_found'),
  row('POST /api/admin/dead-letters/{letterId}/redeliver (that is not there)', administering, '404 dead_letter_not_found'),
  row('DELETE /api/admin/dead-letters/{letterId} (that is not there)', administering, '404 dead_letter_not_found'),
  row('GET /api/admin/audit', administering, '200'),
  row('GET /api/admin/stats', administering, '200'),
  row('GET /api/admin/system', administering, '200'),
];

function strangersTold(answer: string): Exceptions {
  return { outsider: answer, visitor: answer, invited: answer, waiting: answer, banned: answer, former: answer, admin: answer };
}

/** Every route of the public interface, by what it is about. */
export const ROUTES: readonly Part[] = [
  { title: 'The account', rows: account },
  { title: 'What is one’s own', rows: own },
  { title: 'Rooms', rows: rooms },
  { title: 'Ways in, and order', rows: moderation },
  { title: 'Messages', rows: messages },
  { title: 'Files', rows: files },
  { title: 'The bot', rows: bot },
  { title: 'Admins', rows: admin },
];

const CLOSED = 'closed 4401';
const noSocket = { anonymous: CLOSED, forged: CLOSED, expired: CLOSED };
/** A socket hears rooms with their messages: a token that may not has none. */
const inSocket = (cells: Cells): Cells => ({ ...cells, ...noSocket });

/** Every frame that a client may send. */
export const FRAMES: Part = {
  title: 'Frames of the WebSocket',
  rows: [
    row('auth', (done) => inSocket(everybody(done)), 'ready', { anonymous: '422 validation_failed', scopeless: CLOSED }),
    row('token', (done) => inSocket(everybody(done)), 'ack', { scopeless: '403 insufficient_scope' }),
    row('ping', (done) => inSocket(everybody(done)), 'pong'),
    row('message.send', (done) => inSocket(writing(done)), 'ack'),
    row('command.run', (done) => inSocket(writing(done)), 'ack'),
    row('interaction.answer', (done) => inSocket(everybody(done)), '404 interaction_not_found', { scopeless: '403 insufficient_scope' }),
    row('typing', (done) => inSocket(writing(done)), 'ack'),
    row('read', (done) => inSocket(inRoom(done)), 'ack'),
    row('focus', (done) => inSocket(inRoom(done)), 'ack', { scopeless: CLOSED, visitor: HIDDEN }),
    row('presence', (done) => inSocket(everybody(done)), 'ack'),
  ],
};
