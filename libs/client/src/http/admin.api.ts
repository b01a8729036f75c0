import type {
  AdminMessage,
  AdminPurge,
  AdminRoom,
  AdminUser,
  DeletedMessage,
  FileRecord,
  InputOf,
  NamedStorageList,
  OpenedDeadLetter,
  OutputOf,
  ProcessStatus,
  StatSeries,
  accounts,
  files,
  messages,
  rooms,
} from '@atrium/contracts';
import type { Transport } from './transport.ts';

type Page = { cursor?: string; limit?: number };
type UserChange = Omit<InputOf<typeof accounts.adminUpdateUser>, 'userId'>;
type RoomChange = Omit<InputOf<typeof rooms.adminUpdateRoom>, 'roomId'>;
export type AuditSearch = Page & { actor?: string; action?: string; targetId?: string; roomId?: string; from?: string; to?: string };
export type AdminUserSearch = Page & { query?: string; role?: 'user' | 'admin'; disabled?: boolean };
export type AdminRoomSearch = Page & { query?: string; visibility?: 'public' | 'private'; archived?: boolean; hostless?: boolean };
export type AdminFileSearch = Page & { query?: string; roomId?: string; userId?: string; status?: string };
export type AdminMessageSearch = Page &
  Omit<InputOf<typeof messages.adminMessages>, 'limit' | 'cursor' | 'deleted'> & { deleted?: boolean };
/** With the names by which people know room and author; null for what is there no more. */
export type NamedMessage = AdminMessage & { roomName: string | null; authorUsername: string | null };
export type AdminStats = { from: string; to: string; stepSeconds: number; series: StatSeries[] };

/** What admins do. Apart from the rest, so that a page which never does it need not carry it. */
export class AdminApi {
  constructor(private readonly http: Transport) {}

  users(query: AdminUserSearch = {}): Promise<OutputOf<typeof accounts.adminUsers>> {
    return this.http.request('GET', '/api/admin/users', { query });
  }

  updateUser(userId: string, change: UserChange): Promise<AdminUser> {
    return this.http.request('PATCH', `/api/admin/users/${userId}`, { body: change });
  }

  grantCredits(userId: string, grant: { amount: number; reason: string; idempotencyKey: string }): Promise<AdminUser> {
    const { idempotencyKey, ...body } = grant;
    return this.http.request('POST', `/api/admin/users/${userId}/credits`, { body, headers: { 'idempotency-key': idempotencyKey } });
  }

  signOut(userId: string, reason: string): Promise<void> {
    return this.http.request('POST', `/api/admin/users/${userId}/sign-out`, { body: { reason } });
  }

  credits(query: Page & { userId?: string } = {}): Promise<OutputOf<typeof accounts.adminCredits>> {
    return this.http.request('GET', '/api/admin/credits', { query });
  }

  rooms(query: AdminRoomSearch = {}): Promise<OutputOf<typeof rooms.adminRooms>> {
    return this.http.request('GET', '/api/admin/rooms', { query });
  }

  updateRoom(roomId: string, change: RoomChange): Promise<AdminRoom> {
    return this.http.request('PATCH', `/api/admin/rooms/${roomId}`, { body: change });
  }

  /** For good. `purged` is false while a large one is still being emptied, which goes on by itself. */
  purgeRoom(roomId: string, reason: string): Promise<{ purged: boolean }> {
    return this.http.request('POST', `/api/admin/rooms/${roomId}/purge`, { body: { reason } });
  }

  /** Rooms that were purged or are being so, with what is left of each. */
  purges(query: { roomId?: string; limit?: number } = {}): Promise<{ items: AdminPurge[] }> {
    return this.http.request('GET', '/api/admin/purges', { query });
  }

  members(query: Page & { query?: string; roomId?: string; userId?: string } = {}): Promise<OutputOf<typeof rooms.adminMembers>> {
    return this.http.request('GET', '/api/admin/members', { query });
  }

  /** What is said in rooms of others is shown with a `reason`, which they are told. */
  messages(query: AdminMessageSearch = {}): Promise<{ items: NamedMessage[]; nextCursor: string | null }> {
    return this.http.request('GET', '/api/admin/messages', { query });
  }

  removeMessage(messageId: string, reason: string): Promise<void> {
    return this.http.request('DELETE', `/api/admin/messages/${messageId}`, { body: { reason } });
  }

  /** What a deleted message said; its room is told. */
  deletedMessage(messageId: string, reason: string): Promise<DeletedMessage> {
    return this.http.request('GET', `/api/admin/messages/${messageId}/deleted`, { query: { reason } });
  }

  files(query: AdminFileSearch = {}): Promise<OutputOf<typeof files.adminFiles>> {
    return this.http.request('GET', '/api/admin/files', { query });
  }

  retryFile(fileId: string, reason: string): Promise<FileRecord> {
    return this.http.request('POST', `/api/admin/files/${fileId}/retry`, { body: { reason } });
  }

  removeFile(fileId: string, reason: string): Promise<void> {
    return this.http.request('DELETE', `/api/admin/files/${fileId}`, { body: { reason } });
  }

  /** People, or rooms, by how much their files take. */
  storage(query: Page & { by?: 'person' | 'room' } = {}): Promise<NamedStorageList> {
    return this.http.request('GET', '/api/admin/storage', { query });
  }

  jobs(query: Page & { state?: string } = {}): Promise<OutputOf<typeof files.adminJobs>> {
    return this.http.request('GET', '/api/admin/jobs', { query });
  }

  deadLetters(query: Page & { consumer?: string } = {}): Promise<OutputOf<typeof accounts.adminDeadLetters>> {
    return this.http.request('GET', '/api/admin/dead-letters', { query });
  }

  deadLetter(letterId: string): Promise<OpenedDeadLetter> {
    return this.http.request('GET', `/api/admin/dead-letters/${letterId}`);
  }

  redeliver(letterId: string, reason: string): Promise<void> {
    return this.http.request('POST', `/api/admin/dead-letters/${letterId}/redeliver`, { body: { reason } });
  }

  discardDeadLetter(letterId: string, reason: string): Promise<void> {
    return this.http.request('DELETE', `/api/admin/dead-letters/${letterId}`, { body: { reason } });
  }

  retryJob(jobId: string, reason: string): Promise<void> {
    return this.http.request('POST', `/api/admin/jobs/${jobId}/retry`, { body: { reason } });
  }

  audit(query: AuditSearch = {}): Promise<{ items: OutputOf<typeof accounts.adminAudit>['items']; nextCursor: string | null }> {
    return this.http.request('GET', '/api/admin/audit', { query });
  }

  /** All that matches, as JSON Lines. */
  async exportAudit(query: AuditSearch = {}): Promise<Blob> {
    const reply = await this.http.open('GET', '/api/admin/audit', { query: { ...query, format: 'jsonl' }, timeoutMs: 120_000 });
    return reply.blob();
  }

  /** What runs, how it does, and by which settings. */
  system(): Promise<{ version: string; processes: ProcessStatus[] }> {
    return this.http.request('GET', '/api/admin/system');
  }

  stats(query: { from?: string; to?: string; step?: string } = {}): Promise<AdminStats> {
    return this.http.request('GET', '/api/admin/stats', { query });
  }
}
