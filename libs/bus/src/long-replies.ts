import { partsSubject } from '@atrium/contracts';
import { headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';

/** NATS carries 1 MiB by default; a page of a hundred long messages is four. */
const PART_BYTES = 768 * 1024;
/** Nobody fetches the rest of an answer after its caller stopped waiting. */
const KEPT_MS = 10_000;
const HEADER = 'Atrium-Parts';

/** Answers a call, however long the answer: what one message cannot hold is kept for the caller to fetch in parts. */
export function respondLong(connection: NatsConnection, message: Msg, text: string, who: { from: string; to: string }): void {
  const fits = partBytesOf(connection);
  // Three bytes at most for each unit of a string: short answers, nearly all of them, are not counted.
  if (text.length * 3 <= fits || Buffer.byteLength(text) <= fits) return void message.respond(text);
  const bytes = Buffer.from(text);
  const subject = partsSubject(who.from, who.to, uuidv7());
  const count = Math.ceil(bytes.length / fits);
  let left = count;
  const kept = connection.subscribe(subject, {
    max: count,
    callback: (error, request) => {
      const part = Number(request?.string());
      if (!error) request.respond(bytes.subarray(part * fits, (part + 1) * fits));
      if (--left === 0) clearTimeout(forgetting);
    },
  });
  const forgetting = setTimeout(() => kept.unsubscribe(), KEPT_MS).unref();
  const told = headers();
  told.set(HEADER, `${subject} ${count}`);
  message.respond('', { headers: told });
}

/** The whole of an answer, its parts fetched if there are any. */
export async function readLong(connection: NatsConnection, message: Msg, deadlineAt: number): Promise<string> {
  const told = message.headers?.get(HEADER);
  if (!told) return message.string();
  const [subject = '', count = '0'] = told.split(' ');
  const parts: Uint8Array[] = [];
  for (let part = 0; part < Number(count); part++) {
    const reply = await connection.request(subject, String(part), { timeout: Math.max(1, deadlineAt - Date.now()) });
    parts.push(reply.data);
  }
  return Buffer.concat(parts).toString();
}

function partBytesOf(connection: NatsConnection): number {
  return Math.min(PART_BYTES, Math.floor((connection.info?.max_payload ?? PART_BYTES) * 0.75));
}
