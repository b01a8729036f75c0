import { generateKeyPairSync, sign } from 'node:crypto';
import { SCOPES, type RequiredScope, type Scope, type User } from '@atrium/contracts';
import { waitFor } from '@atrium/testing';
import { Person } from '../support/person.ts';
import type { Role } from './roles.ts';

const EXPIRES_IN_MS = 3_000;
/** Those who are somebody; the other roles are tokens that should not be one. */
export const PEOPLE = [
  'outsider',
  'visitor',
  'invited',
  'waiting',
  'banned',
  'former',
  'member',
  'muted',
  'moderator',
  'host',
  'admin',
] as const;
export type PersonRole = (typeof PEOPLE)[number];

/** Everybody who acts, each made once, and two whom they act on. */
export class Cast {
  private readonly scopeless = new Map<string, Promise<string>>();

  private constructor(
    readonly people: Record<PersonRole | 'target' | 'spare', Person>,
    private readonly tokens: { forged: string; expired: Record<'host' | 'admin', string> },
  ) {}

  static async gather(): Promise<Cast> {
    const names = [...PEOPLE, 'target', 'spare'] as const;
    const registered = await Promise.all(names.map((name) => Person.register(name)));
    const people = Object.fromEntries(names.map((name, index) => [name, registered[index]!])) as Cast['people'];
    people.admin = await people.admin.promoted();
    const expiresAt = new Date(Date.now() + EXPIRES_IN_MS).toISOString();
    const [host, admin] = await Promise.all([tokenOf(people.host, withoutAdmin, expiresAt), tokenOf(people.admin, [...SCOPES], expiresAt)]);
    await waitFor(() => Date.now() > Date.parse(expiresAt), { withinMs: EXPIRES_IN_MS * 2 });
    return new Cast(people, { forged: forge(people.host.token), expired: { host, admin } });
  }

  /** What a role brings to an act that asks for this scope. */
  async tokenOf(role: Role, scope: RequiredScope | undefined): Promise<string | undefined> {
    const owner = scope === 'admin' ? 'admin' : 'host';
    switch (role) {
      case 'anonymous':
        return undefined;
      case 'forged':
        return this.tokens.forged;
      case 'expired':
        return this.tokens.expired[owner];
      case 'scopeless':
        return this.without(scope ?? 'any', owner);
      default:
        return this.people[role].token;
    }
  }

  /** Who is behind a role: the host, where a token is the only reason to refuse. */
  person(role: Role): Person {
    return role === 'anonymous' || role === 'forged' || role === 'expired' || role === 'scopeless' ? this.people.host : this.people[role];
  }

  /** A picture, a session, an access token and a bot of somebody else. */
  readonly picture = once(async () => {
    const { avatarUrl } = await this.people.spare.do<User>('PUT', '/api/me/avatar', aPicture());
    return avatarUrl!.split('/').at(-1)!;
  });
  readonly session = once(async () => (await this.people.spare.do<{ items: { id: string }[] }>('GET', '/api/auth/sessions')).items[0]!.id);
  readonly token = once(
    async () => (await this.people.spare.do<{ id: string }>('POST', '/api/me/tokens', { name: 'Spare', scopes: ['rooms:read'] })).id,
  );

  readonly bot = once(async () => (await this.people.spare.do<{ id: string }>('POST', '/api/me/bots', { name: 'Spare helper' })).id);

  private without(scope: RequiredScope, owner: 'host' | 'admin'): Promise<string> {
    const required = [scope].flat() as string[];
    const scopes = (owner === 'admin' ? [...SCOPES] : withoutAdmin).filter((one) => !required.includes(one));
    const key = `${owner} ${scopes.join(' ')}`;
    const token = this.scopeless.get(key) ?? tokenOf(this.people[owner], scopes);
    this.scopeless.set(key, token);
    return token;
  }
}

/** One pixel. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
export function aPicture(): FormData {
  const data = new FormData();
  data.append('file', new Blob([PICTURE]), 'me.png');
  return data;
}

const withoutAdmin: Scope[] = SCOPES.filter((scope) => scope !== 'admin');

async function tokenOf(person: Person, scopes: Scope[], expiresAt?: string): Promise<string> {
  return (await person.do<{ token: string }>('POST', '/api/me/tokens', { name: 'Table', scopes, expiresAt })).token;
}

/** What is made when it is first asked for. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** Makes all that somebody or something would make when it is first asked for. */
export async function makeAll(owner: object): Promise<void> {
  const makers = Object.values(owner).filter((value): value is () => Promise<unknown> => typeof value === 'function');
  await Promise.all(makers.map((make) => make()));
}

/** The same claims under the same key id, signed by a key of our own. */
function forge(token: string): string {
  const claims = token.split('.').slice(0, 2).join('.');
  const { privateKey } = generateKeyPairSync('ed25519');
  return `${claims}.${sign(null, Buffer.from(claims), privateKey).toString('base64url')}`;
}
