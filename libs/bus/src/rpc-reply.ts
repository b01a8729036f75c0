import { AppError, validationError, type Rpc } from '@atrium/contracts';

/** How a result crosses the bus. */
export type RpcReply = { ok: unknown } | { error: unknown };

/** The value of a reply, or the error it carries, thrown. */
export function readReply(reply: RpcReply): unknown {
  if ('error' in reply) throw AppError.fromWire(reply.error);
  return reply.ok;
}

/** Parses an input as its contract says. @throws AppError `validation_failed` with one row per field */
export function parseInput(rpc: Rpc, value: unknown): unknown {
  const parsed = rpc.input.safeParse(value);
  if (!parsed.success) throw validationError(parsed.error.issues);
  return parsed.data;
}
