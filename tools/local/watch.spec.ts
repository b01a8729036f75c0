import { affectedServices, projectOf } from './watch.ts';

describe('a change of a file', () => {
  it('restarts the processes of its app alone', () => {
    expect(affectedServices([projectOf('apps/files/src/files/files.rpc.ts')], 1)).toEqual(['files', 'files-worker']);
  });

  it('restarts every service when it is in a lib', () => {
    expect(affectedServices([projectOf('libs/bus/src/bus.ts')], 1)).toHaveLength(7);
  });
});
