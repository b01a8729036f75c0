import type { Answer, AnswerHistory, FileRecord, Guide, OutputOf, RoomStorage, files } from '@atrium/contracts';
import { newId } from '../ids.ts';
import { readAnswer } from './answer-stream.ts';
import type { ResumableOptions } from './resumable-upload.ts';
import { at } from './rooms.api.ts';
import type { Transport } from './transport.ts';
import type { UploadOptions, UploadPart } from './upload.ts';

type ListQuery = { cursor?: string; limit?: number };
type FilesQuery = ListQuery & { versions?: 'all' | 'newest' };
type Page<T> = { items: T[]; nextCursor: string | null };
type AskOptions = {
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** Hears the answer piece by piece, before the whole of it is there. */
  onText?: (text: string) => void;
};
const ASK_TIMEOUT_MS = 35_000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/** A room's files, and the conversations with them. */
export class FilesApi {
  constructor(
    private readonly http: Transport,
    private readonly token: () => Promise<string>,
  ) {}

  /** Newest first; with `versions: 'newest'`, of files of one name the newest alone. */
  list(roomId: string, query: FilesQuery = {}): Promise<Page<FileRecord>> {
    return this.http.request('GET', at(roomId, 'files'), { query });
  }

  /** Uploads one or several; in browsers `onProgress` hears how much is on its way. */
  async upload(roomId: string, parts: readonly UploadPart[], options: UploadOptions = {}): Promise<FileRecord[]> {
    // Loaded by whoever uploads, as what goes on after a broken line is.
    const { upload } = await import('./upload.ts');
    const reply = await upload({ http: this.http, token: this.token }, at(roomId, 'files'), parts, options);
    return reply.items;
  }

  /** Uploads one that goes on by itself after a broken line, and by its `uploadId` also in another run of the program. */
  async uploadResumably(roomId: string, part: UploadPart, options: ResumableOptions = {}): Promise<FileRecord> {
    const { ResumingUpload } = await import('./resumable-upload.ts');
    return new ResumingUpload({ http: this.http, token: this.token }, roomId, part, options).run();
  }

  /** Gives up an upload that is no file yet. */
  giveUpUpload(roomId: string, uploadId: string): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'uploads', uploadId), { headers: { 'tus-resumable': '1.0.0' } });
  }

  get(roomId: string, fileId: string): Promise<FileRecord> {
    return this.http.request('GET', at(roomId, 'files', fileId));
  }

  /** The files of the same name in the room, newest first. */
  versions(roomId: string, fileId: string, query: ListQuery = {}): Promise<Page<FileRecord>> {
    return this.http.request('GET', at(roomId, 'files', fileId, 'versions'), { query });
  }

  /** How much the files of the caller and those of the room take, and may take. */
  storage(roomId: string): Promise<RoomStorage> {
    return this.http.request('GET', at(roomId, 'storage'));
  }

  /** The address of the bytes. It wants the access token like any other: use `content` to read them. */
  contentUrl(roomId: string, fileId: string, inline = false): string {
    return this.http.url(at(roomId, 'files', fileId, 'content'), inline ? { inline: 1 } : {});
  }

  content(roomId: string, fileId: string, options: { inline?: boolean; range?: string; signal?: AbortSignal } = {}): Promise<Response> {
    return this.http.open('GET', at(roomId, 'files', fileId, 'content'), {
      query: options.inline ? { inline: 1 } : {},
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
      ...(options.range ? { headers: { range: options.range } } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  }

  /** A small picture of an image or a PDF; null when there is none, or none yet. */
  async preview(roomId: string, fileId: string): Promise<Response | null> {
    const reply = await this.http.open('GET', at(roomId, 'files', fileId, 'preview'));
    return reply.status === 204 ? null : reply;
  }

  /** How the text of a file begins; null where there is none, or none yet. */
  async excerpt(roomId: string, fileId: string): Promise<string | null> {
    const reply = await this.http.request<OutputOf<typeof files.excerpt>>('GET', at(roomId, 'files', fileId, 'excerpt'));
    return reply.text;
  }

  text(roomId: string, fileId: string): Promise<OutputOf<typeof files.text>> {
    return this.http.request('GET', at(roomId, 'files', fileId, 'text'));
  }

  retry(roomId: string, fileId: string): Promise<FileRecord> {
    return this.http.request('POST', at(roomId, 'files', fileId, 'retry'), { body: {} });
  }

  remove(roomId: string, fileId: string): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'files', fileId));
  }

  /** Asked again with the same key, a question is answered and paid once. */
  ask(roomId: string, fileId: string, question: string, options: AskOptions = {}): Promise<Answer> {
    return this.#question(at(roomId, 'files', fileId, 'chat'), { question }, options);
  }

  history(roomId: string, fileId: string, query: ListQuery = {}): Promise<AnswerHistory> {
    return this.http.request('GET', at(roomId, 'files', fileId, 'chat'), { query });
  }

  clearHistory(roomId: string, fileId: string): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'files', fileId, 'chat'));
  }

  /** The same over every ready file of the room, or those chosen. */
  askRoom(roomId: string, question: string, options: AskOptions & { fileIds?: readonly string[] } = {}): Promise<Answer> {
    return this.#question(at(roomId, 'ask'), { question, fileIds: options.fileIds }, options);
  }

  roomHistory(roomId: string, query: ListQuery = {}): Promise<AnswerHistory> {
    return this.http.request('GET', at(roomId, 'ask'), { query });
  }

  clearRoomHistory(roomId: string): Promise<void> {
    return this.http.request('DELETE', at(roomId, 'ask'));
  }

  /** The caller's questions and answers as a Markdown document: of a file, or of the room's files. */
  exportHistory(roomId: string, fileId?: string): Promise<Response> {
    return this.http.open('GET', fileId === undefined ? at(roomId, 'ask', 'export') : at(roomId, 'files', fileId, 'chat', 'export'), {});
  }

  /** Says whether an answer helped; null takes it back. */
  rate(roomId: string, answerId: string, helpful: boolean | null): Promise<Answer> {
    return this.http.request('PUT', at(roomId, 'answers', answerId, 'feedback'), { body: { helpful } });
  }

  /** What a file is about, questions that it answers, and what one costs. */
  guide(roomId: string, fileId: string): Promise<Guide> {
    return this.http.request('GET', at(roomId, 'files', fileId, 'guide'));
  }

  async #question(path: string, body: { question: string; fileIds?: readonly string[] | undefined }, options: AskOptions): Promise<Answer> {
    const { idempotencyKey = newId(), signal, onText } = options;
    const request = {
      body,
      headers: { 'idempotency-key': idempotencyKey, ...(onText && { accept: 'text/event-stream' }) },
      timeoutMs: ASK_TIMEOUT_MS,
      ...(signal ? { signal } : {}),
    };
    return onText ? readAnswer(await this.http.open('POST', path, request), onText) : this.http.request('POST', path, request);
  }
}
