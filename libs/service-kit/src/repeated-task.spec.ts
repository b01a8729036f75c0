import { RepeatedTask } from './repeated-task.ts';

function taskOf(work: () => Promise<unknown>) {
  const warnings: string[] = [];
  const logger = { warn: (text: string) => void warnings.push(text) };
  return { task: new RepeatedTask(work, { everyMs: 1, logger, onFailure: 'the rest waits' }), warnings };
}

describe('a repeated task', () => {
  it('goes on after a turn that failed, and says what waits and why', async () => {
    let turns = 0;
    const enough = Promise.withResolvers<void>();
    const { task, warnings } = taskOf(() => {
      turns++;
      if (turns === 1) throw new Error('the database is away');
      enough.resolve();
      return Promise.resolve();
    });
    task.start();
    await enough.promise;
    await task.stop();
    expect(warnings).toEqual(['the rest waits: the database is away']);
  });

  it('has one turn at a time, which whoever asks for one joins', async () => {
    let turns = 0;
    const gate = Promise.withResolvers<void>();
    const { task } = taskOf(() => {
      turns++;
      return gate.promise;
    });
    const both = Promise.all([task.run(), task.run()]);
    expect(turns).toBe(1);
    gate.resolve();
    await both;
    await task.run();
    expect(turns).toBe(2);
  });

  it('begins a turn afresh for those who changed something while another one was under way', async () => {
    let turns = 0;
    const gate = Promise.withResolvers<void>();
    const { task } = taskOf(() => {
      turns++;
      return gate.promise;
    });
    void task.run();
    const both = Promise.all([task.runAfresh(), task.runAfresh()]);
    gate.resolve();
    await both;
    expect(turns).toBe(2);
  });

  it('that is stopped ends its turn and begins no other', async () => {
    let ended = 0;
    const gate = Promise.withResolvers<void>();
    const { task } = taskOf(() => gate.promise.then(() => ended++));
    task.start();
    void task.run();
    const stopping = task.stop();
    expect(task.isStopped).toBe(true);
    gate.resolve();
    await stopping;
    await task.run();
    expect(ended).toBe(1);
  });
});
