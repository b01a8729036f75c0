import type { FileStatus } from '@atrium/contracts';

/** One message on its way, as its sender knows of it. */
export interface Send {
  clientId: string;
  roomId: string;
  userId: string;
  /** Its place among what its sender sent to this room. */
  place: number;
  sentAt: number;
  acknowledged?: { at: number; seq: number; messageId: string };
  /** Why it was refused for good. */
  refused?: string;
}

/** An entry as far as it is compared. */
export interface Seen {
  seq: number;
  type: string;
  messageId?: string;
  /** When it came. */
  at: number;
}

/** What one person was shown of one room, in the order in which it came. */
export interface View {
  userId: string;
  roomId: string;
  /** The first number it must hold: what came before was not theirs to see, or was there when they came. */
  from: number;
  entries: Seen[];
}

/** A confirmed change of who is in a room. */
export interface Change {
  kind: 'joined' | 'left' | 'kicked';
  roomId: string;
  userId: string;
  /** When it was confirmed. */
  at: number;
}

export interface Uploaded {
  fileId: string;
  roomId: string;
  /** When it was confirmed. */
  at: number;
  /** As the API tells it in the end. */
  status?: FileStatus;
}

/** A question that was answered, under the key it was asked with. */
export interface Asked {
  userId: string;
  answerId: string;
  cost: number;
}

/** Everything the people of one drill did and were told. Plain data: the checker, and what checks the checker, read it. */
export interface History {
  rooms: string[];
  people: string[];
  sends: Send[];
  views: View[];
  changes: Change[];
  uploads: Uploaded[];
  asked: Asked[];
  /** What was given up although it had to succeed. */
  failures: string[];
  /** Who was told to load a room anew. */
  resets: { userId: string; roomId: string }[];
}

/** What the database says of the same rooms, people and files. */
export interface Stored {
  entries: {
    roomId: string;
    seq: number;
    type: string;
    messageId: string | null;
    clientId: string | null;
    authorId: string | null;
    userId: string | null;
  }[];
  members: { roomId: string; userId: string }[];
  files: { id: string; status: string; copied: string | null; told: string | null }[];
  credits: { userId: string; balance: number; spent: number }[];
}
