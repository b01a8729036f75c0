import { AppError, instanceSubject, type Rpc } from '@atrium/contracts';
import { errors, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import pTimeout from 'p-timeout';
import type { Bus } from './bus.ts';
import { Instances, type Instance } from './instances.ts';

/** Nobody took the request, so nothing happened: safe to repeat whatever the call does. */
const NO_RESPONDER_DELAYS_MS = [50, 150];
/** So long an instance may answer nothing at all before another is asked too. */
const SILENT_MS = 500;

type Request = { payload: string; deadlineAt: number; headers: MsgHdrs };

/** Sends requests to instances that answer, and asks a second one where the first has fallen silent. */
export class Asker {
  readonly instances: Instances;

  constructor(private readonly bus: Bus) {
    this.instances = new Instances(bus);
  }

  /**
   * @param preferred whom to ask first, where it matters
   * @throws the error of NATS, or `deadline_exceeded` when there was no time left to begin with
   */
  async ask(rpc: Rpc, request: Request, preferred?: Instance): Promise<Msg> {
    let next = preferred;
    for (let attempt = 0; ;) {
      const chosen = next ?? this.instances.choose(rpc.service);
      next = undefined;
      try {
        return await (chosen ? this.askChosen(rpc, request, chosen) : this.send(rpc.subject, request));
      } catch (error) {
        if (!isNoResponders(error)) throw error;
        if (chosen) {
          this.instances.forget(rpc.service, chosen);
          continue;
        }
        const delayMs = NO_RESPONDER_DELAYS_MS[attempt++];
        if (delayMs === undefined) throw error;
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  }

  private async askChosen(rpc: Rpc, request: Request, instance: Instance): Promise<Msg> {
    const sentAt = performance.now();
    const first = this.sendTo(rpc, request, instance);
    // What is not idempotent may have been done already.
    if (!rpc.idempotent || !(await isOpenAfterAWhile(first)) || !instance.silentSince(sentAt)) return first;
    const other = this.instances.choose(rpc.service, instance);
    if (!other) return first;
    const second = this.sendTo(rpc, request, other);
    return Promise.any([first, second]).catch(() => second);
  }

  private async sendTo(rpc: Rpc, request: Request, instance: Instance): Promise<Msg> {
    const sentAt = performance.now();
    instance.underWay++;
    try {
      const reply = await this.send(instanceSubject(rpc.subject, instance.id), request);
      instance.answered();
      return reply;
    } catch (error) {
      const waitedMs = performance.now() - sentAt;
      if (waitedMs >= SILENT_MS && instance.silentSince(sentAt)) instance.fellSilent();
      throw error;
    } finally {
      instance.underWay--;
    }
  }

  private send(subject: string, { payload, deadlineAt, headers }: Request): Promise<Msg> {
    const timeout = deadlineAt - Date.now();
    if (timeout <= 0) return Promise.reject(new AppError('deadline_exceeded'));
    return this.bus.connection.request(subject, payload, { timeout, headers });
  }
}

function isOpenAfterAWhile(request: Promise<unknown>): Promise<boolean> {
  const settled = request.then(
    () => false,
    () => false,
  );
  return pTimeout(settled, { milliseconds: SILENT_MS, fallback: () => true });
}

function isNoResponders(error: unknown): boolean {
  return error instanceof errors.RequestError ? error.isNoResponders() : error instanceof errors.NoRespondersError;
}
