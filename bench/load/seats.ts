/** A message that is stored. */
export type Stored = { messageId: string; seq: number };

/** What a seat tells the workload about what it received. */
export type SeatListener = {
  /** The send with this tag is stored, as this message where the server tells. */
  acked(tag: number, message?: Stored): void;
  refused(code: string): void;
  /** So many entries arrived in one frame; `body` is the last one's, for its time stamp. */
  delivered(entries: number, body: () => string | undefined): void;
};

/** One connected person in one room, whatever server they talk to. */
export type Seat = {
  send(tag: number, body: string): void;
  close(): void;
};

/** A server under load: how a person takes a seat in a room. */
export type Target = {
  name: string;
  /** Prepares people and rooms. @returns how many of each there are */
  prepare(people: number, rooms: number): Promise<void>;
  /** @param room which room, by number; each target maps it to its own id */
  sit(person: number, room: number, listener: SeatListener): Promise<Seat>;
  stop(): Promise<void>;
};
