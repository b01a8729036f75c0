/** Every kind of process on the bus. Each has a NATS user of its own and a key of its own to say who it is. */
export const PROCESSES = ['gateway', 'accounts', 'rooms', 'messages', 'files', 'files-worker', 'bot'] as const;
export type ProcessName = (typeof PROCESSES)[number];

/**
 * In whose name a process may make a call:
 * - `for-user`: for a user whom the gateway vouches for, and for nobody else;
 * - `for-itself`: on its own behalf, or for such a user;
 * - `naming-user`: for a user it names itself. Such a user is never an admin and has no session.
 */
export type CallerRule = 'for-user' | 'for-itself' | 'naming-user';

/** Who may make a call. A process that is not listed may not. */
export type Callers = Readonly<Partial<Record<ProcessName, CallerRule>>>;

/** The one process that vouches for users: it has seen their access token. */
export const VOUCHING_PROCESS: ProcessName = 'gateway';

/**
 * The one process that makes the streams of JetStream: whoever makes one says what it takes in, and to whom it passes that
 * on. It is the one that is trusted with everything already, since it signs who everybody is.
 */
export const STREAM_MAKING_PROCESS: ProcessName = 'accounts';

/** Where a process is asked how it is. */
export const healthSubject = (process: string) => `health.${process}`;

/** Where every instance of a process is asked at once what it is and how it does. */
export const statusSubject = (process: string) => `status.${process}`;

/** Where the instances of a service announce themselves to its callers. */
export const announcementSubject = (service: string) => `instances.${service}`;

/** Where one instance alone is asked. */
export const instanceSubject = (subject: string, instance: string) => `${subject}.${instance}`;

/** Where a caller fetches the rest of an answer that no single message could hold. */
export const partsSubject = (answering: string, caller: string, id: string) => `parts.${answering}.${caller}.${id}`;

/** What the subjects of a process's replies begin with; nobody else may listen there. */
export const inboxPrefix = (process: string) => `_INBOX.${process}`;

/** Where a durable consumer sets aside what it cannot handle. */
export const deadLetterSubject = (durable: string) => `dead.${durable}`;

/** Everything that was set aside. */
export const DEAD_LETTER_SUBJECTS = deadLetterSubject('>');

/** The name of the JetStream consumer through which a service reads one durable event. */
export const durableName = (consumer: string, event: { name: string }) => `${consumer}-${event.name}`;
