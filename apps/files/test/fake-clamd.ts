import { onCleanup } from '@atrium/testing';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** In a file that clamd's own tests take for a virus; in two halves, so that no scanner stumbles over this source. */
export const VIRUS = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD', '-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
export const THREAT = 'Win.Test.EICAR_HDB-1';
const COMMANDS = ['zPING\0', 'zINSTREAM\0'];

type Answer = (socket: Socket) => void;

/** Speaks what clamd speaks: PING and INSTREAM, with its limits on the length of a stream and, half of that, on what it looks through. */
export class FakeClamd {
  scanned = 0;
  /** What it does with a whole stream instead of judging it. */
  answer: Answer | undefined;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly port: number,
    private readonly maxBytes: number,
  ) {}

  static async start({ port = 0, maxBytes = 1024 * 1024 } = {}): Promise<FakeClamd> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    const clamd = new FakeClamd((server.address() as AddressInfo).port, maxBytes);
    clamd.serve(server);
    onCleanup(() => clamd.stop());
    return clamd;
  }

  get url(): string {
    return `tcp://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
    this.server = undefined;
  }

  async startAgain(): Promise<void> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.port, '127.0.0.1', resolve));
    this.serve(server);
  }

  private serve(server: Server): void {
    this.server = server;
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
      let said = Buffer.alloc(0);
      socket.on('data', (more: Buffer) => {
        said = Buffer.concat([said, more]);
        this.read(socket, said);
      });
    });
  }

  private read(socket: Socket, said: Buffer): void {
    const command = COMMANDS.find((one) => said.subarray(0, one.length).toString() === one);
    if (command === undefined) return;
    if (command === 'zPING\0') return void socket.end('PONG\0');
    const chunks: Buffer[] = [];
    let at = command.length;
    for (let total = 0; said.length >= at + 4;) {
      const length = said.readUInt32BE(at);
      if (length === 0) return this.judge(socket, Buffer.concat(chunks));
      total += length;
      // As clamd does: it says so, and hangs up on what still comes.
      if (total > this.maxBytes) return void socket.end('INSTREAM size limit exceeded. ERROR\0', () => socket.resetAndDestroy());
      if (said.length < at + 4 + length) return;
      chunks.push(said.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
  }

  private judge(socket: Socket, bytes: Buffer): void {
    this.scanned += 1;
    if (this.answer) return this.answer(socket);
    if (bytes.length * 2 > this.maxBytes) return void socket.end('stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0');
    socket.end(bytes.includes(VIRUS) ? `stream: ${THREAT} FOUND\0` : 'stream: OK\0');
  }
}
