export { Bus, STREAMS, type Handled, type HandlerScope } from './bus.ts';
export { BusModule } from './bus.module.ts';
export { BusTransport } from './transport.ts';
export { RpcClient } from './rpc-client.ts';
export { Signals } from './signals.ts';
export { Timelines } from './timelines.ts';
export { completeCall, requireActor, systemCall, type CallOptions } from './call.ts';
export {
  HandleRpc,
  HandleRpcBatch,
  OnEvent,
  OnLiveEvent,
  OnTimeline,
  type BatchItem,
  type EventMeta,
  type TimelineBatch,
} from './decorators.ts';
