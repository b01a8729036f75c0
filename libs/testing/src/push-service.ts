import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PushMessage, type PushSubscriptionInput } from '@atrium/contracts';
import { onCleanup } from './cleanup.ts';

export type Pushed = { headers: IncomingHttpHeaders; message: PushMessage };
type Respond = (response: ServerResponse, pushed: Pushed) => void;

/** A browser that subscribed: only it can read what it is sent (RFC 8291). */
export class FakeDevice {
  readonly pushed: Pushed[] = [];
  respond: Respond = (response) => response.writeHead(201).end();
  private readonly keys: ECDH = createECDH('prime256v1');
  private readonly auth = randomBytes(16);

  constructor(readonly endpoint: string) {
    this.keys.generateKeys();
  }

  get subscription(): PushSubscriptionInput {
    const keys = { p256dh: this.keys.getPublicKey('base64url'), auth: this.auth.toString('base64url') };
    return { endpoint: this.endpoint, expirationTime: null, keys };
  }

  /** What it shows, in the order in which it came. */
  get shown(): Extract<PushMessage, { type: 'notification' }>[] {
    return this.pushed.flatMap(({ message }) => (message.type === 'notification' ? [message] : []));
  }

  get closed(): string[] {
    return this.pushed.flatMap(({ message }) => (message.type === 'read' ? message.tags : []));
  }

  /** `aes128gcm` of one record (RFC 8188). */
  decrypt(body: Buffer): string {
    const salt = body.subarray(0, 16);
    const senderKey = body.subarray(21, 21 + body[20]!);
    const sealed = body.subarray(21 + body[20]!);
    const shared = this.keys.computeSecret(senderKey);
    const context = Buffer.concat([Buffer.from('WebPush: info\0'), this.keys.getPublicKey(), senderKey]);
    const secret = Buffer.from(hkdfSync('sha256', shared, this.auth, context, 32));
    const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16));
    const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12));
    const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
    const record = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    // The last record ends with the byte 2 and padding.
    return record.subarray(0, record.lastIndexOf(2)).toString();
  }
}

/** A push service on this machine, as browsers name theirs. It answers as each test wants. */
export class PushService {
  private readonly devices = new Map<string, FakeDevice>();

  private constructor(readonly url: string) {}

  static async start(): Promise<PushService> {
    const server = createServer((request, response) => void service.take(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onCleanup(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const service = new PushService(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return service;
  }

  aDevice(): FakeDevice {
    const path = `/push/${randomBytes(12).toString('hex')}`;
    const device = new FakeDevice(this.url + path);
    this.devices.set(path, device);
    return device;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const device = this.devices.get(request.url ?? '');
    if (!device) return void response.writeHead(404).end();
    const message = PushMessage.parse(JSON.parse(device.decrypt(Buffer.concat(chunks))));
    const pushed = { headers: request.headers, message };
    device.pushed.push(pushed);
    device.respond(response, pushed);
  }
}

type Claims = { aud: string; exp: number; sub: string };

/** What a request says of its sender (RFC 8292). Throws unless it is signed with the key. */
export function readVapid({ authorization = '' }: IncomingHttpHeaders, publicKey: string): Claims {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
  if (key !== publicKey) throw new Error(`signed with another key: ${authorization}`);
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const [header = '', payload = '', signature = ''] = token.split('.');
  const options = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const };
  const isGenuine = verify('sha256', Buffer.from(`${header}.${payload}`), options, Buffer.from(signature, 'base64url'));
  if (!isGenuine) throw new Error('the signature does not hold');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
}
