import { messages } from '@atrium/contracts';
import { HandleRpc, HandleRpcBatch } from './decorators.ts';

describe('a handler', () => {
  it('of one call does not compile for a call that is batched, nor one of many for a call that is not', () => {
    // @ts-expect-error messages.send is batched
    expect(HandleRpc(messages.send)).toBeInstanceOf(Function);
    // @ts-expect-error messages.markRead is not
    expect(HandleRpcBatch(messages.markRead)).toBeInstanceOf(Function);
    expect([HandleRpcBatch(messages.send), HandleRpc(messages.markRead)]).toHaveLength(2);
  });
});
