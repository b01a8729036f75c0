import type { DatabaseService } from '../local/provision.ts';

/** Who numbers what it tells, and who follows: both sides of every kind of fact (`libs/contracts/src/facts.ts`). */
interface Facts {
  owner: DatabaseService;
  /** What they are about, in words. */
  about: string;
  /** The column of the owner's `facts` that names it. */
  key: string;
  /** The owner's own row of it, and the number it has told. */
  table: string;
  told: string;
  readers: readonly DatabaseService[];
}

export const facts: readonly Facts[] = [
  { owner: 'rooms', about: 'room', key: 'room_id', table: 'rooms', told: 'version', readers: ['messages', 'files'] },
  { owner: 'files', about: 'file', key: 'file_id', table: 'files', told: 'facts_told', readers: ['messages'] },
  { owner: 'accounts', about: 'person', key: 'user_id', table: 'users', told: 'facts_told', readers: ['rooms'] },
];
