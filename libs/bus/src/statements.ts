import { AppError } from '@atrium/contracts';
import { sign, verify } from 'node:crypto';
import type { BusKeys } from './bus-keys.ts';
import { Recent } from './recent.ts';

/** A user a call is made for. */
export type Actor = { actorId: string; actorRole?: 'user' | 'admin'; sessionId?: string };
/** Who vouches for whom. */
export type VouchedActor = Actor & { vouchedBy: string };

const LIVES_MS = 5 * 60_000;
/** Made anew before it gets old, so that what is passed on lives as long as the longest call. */
const RENEWED_AFTER_MS = 3 * 60_000;
/** Clocks of two machines may differ. */
const CLOCKS_DIFFER_MS = 30_000;
const REMEMBERED = 10_000;
/** Between the fields of a statement; none of them may contain it. */
const SEPARATOR = '|';

type Made = { statement: string; renewAt: number };
type Verified = { fields: string[]; until: number };

/**
 * Short-lived signed statements: of a process, who it is, to the service it calls; of a process, for which user it
 * calls. Made once and used for minutes, verified once and remembered: signing takes some 50 µs and verifying 150,
 * looking up less than one.
 */
export class Statements {
  private readonly made = new Recent<Made>(REMEMBERED);
  private readonly verified = new Recent<Verified>(REMEMBERED);

  constructor(
    readonly process: string,
    private readonly keys: BusKeys,
  ) {}

  /** Says to a service which process this is. */
  ofCaller(audience: string): string {
    return this.make(`caller|${this.process}|${audience}`, 3);
  }

  /** Says for which user this process calls. */
  ofActor({ actorId, actorRole = 'user', sessionId = '' }: Actor): string {
    return this.make(`actor|${this.process}|${actorId}|${actorRole}|${sessionId}`, 5);
  }

  /** @returns the process that said it. @throws AppError `forbidden` unless it was said to that service, lately and by who it says */
  readCaller(statement: string, audience: string): string {
    const { by, fields } = this.read('caller', statement);
    if (fields[0] !== audience) throw new AppError('forbidden', 'This call says to another service who makes it.');
    return by;
  }

  /** @throws AppError `unauthenticated` unless it was signed, lately, by the process it names */
  readActor(statement: string): VouchedActor {
    const { by, fields } = this.read('actor', statement);
    const [actorId = '', role, sessionId] = fields;
    return { vouchedBy: by, actorId, actorRole: role === 'admin' ? 'admin' : 'user', sessionId: sessionId || undefined };
  }

  private make(said: string, fields: number): string {
    const now = Date.now();
    const known = this.made.get(said);
    if (known && known.renewAt > now) return known.statement;
    if (said.split(SEPARATOR).length !== fields) throw new Error(`a field of a statement contains "${SEPARATOR}"`);
    const text = `${said}${SEPARATOR}${now + LIVES_MS}`;
    const statement = `${text}${SEPARATOR}${sign(null, Buffer.from(text), this.keys.own).toString('base64url')}`;
    this.made.set(said, { statement, renewAt: now + RENEWED_AFTER_MS });
    return statement;
  }

  private read(kind: 'caller' | 'actor', statement: string): { by: string; fields: string[] } {
    const refusal = kind === 'caller' ? 'forbidden' : 'unauthenticated';
    let known = this.verified.get(statement);
    if (!known) {
      known = this.verify(statement);
      if (!known) throw new AppError(refusal, `The statement of the ${kind} is not signed by who it names.`);
      this.verified.set(statement, known);
    }
    const [said, by = '', ...fields] = known.fields;
    if (said !== kind || known.until < Date.now()) throw new AppError(refusal, `The statement of the ${kind} does not count any more.`);
    return { by, fields };
  }

  private verify(statement: string): Verified | undefined {
    const end = statement.lastIndexOf(SEPARATOR);
    const text = statement.slice(0, Math.max(0, end));
    const fields = text.split(SEPARATOR);
    const expiresAt = Number(fields.pop());
    const signature = Buffer.from(statement.slice(end + 1), 'base64url');
    const keys = this.keys.publicKeys.get(fields[1] ?? '') ?? [];
    // A longer life than we give is none of ours.
    if (!(expiresAt <= Date.now() + LIVES_MS + CLOCKS_DIFFER_MS)) return undefined;
    if (!keys.some((key) => verify(null, Buffer.from(text), key, signature))) return undefined;
    return { fields, until: expiresAt + CLOCKS_DIFFER_MS };
  }
}
