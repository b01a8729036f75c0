export { Bus, type BusConfig } from './bus.ts';
export { publicKeyOf, readBusKeys, type BusKeys } from './bus-keys.ts';
export { BusModule } from './bus.module.ts';
export {
  because,
  beginTrace,
  causeOfLine,
  currentCause,
  inSpan,
  inSpanOfAll,
  isTraced,
  isTracing,
  traceIdOf,
  useTracer,
  type Cause,
  type OpenSpan,
  type SpanDescription,
  type Tracer,
} from './cause.ts';
export { PlainFilters } from './commit-reader.ts';
export { causeHeaders, eventHeaders, type EventHeaders } from './event-headers.ts';
export { Handling } from './handling.ts';
export { Recent } from './recent.ts';
export { askReadiness } from './readiness.ts';
export { STREAMS, Streams, type StoredMessage } from './streams.ts';
export { BusTransport } from './transport.ts';
export { natsServers } from './nats-servers.ts';
export { RpcClient } from './rpc-client.ts';
export { Statements, type VouchedActor } from './statements.ts';
export { answerStatus, askStatus } from './status.ts';
export { Signals } from './signals.ts';
export { Timelines } from './timelines.ts';
export { admitCall } from './admission.ts';
export { completeCall, requireActor, requireAdmin, systemCall, type CallOptions, type SignedCall } from './call.ts';
export {
  HandleRpc,
  HandleRpcBatch,
  OnDeadLetter,
  OnEvent,
  OnLiveEvent,
  OnTimeline,
  type BatchItem,
  type EventMeta,
  type ReceivedDeadLetter,
  type TimelineBatch,
} from './decorators.ts';
