import { AppError } from '@atrium/contracts';
import { TestBus, aNats, aProcess, cleanUp, freePort, waitFor, type TestNats, type TestProcess } from '@atrium/testing';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { probe } from '../test/contract.ts';

const INSTANCE = fileURLToPath(new URL('../test/instance.ts', import.meta.url));
const AT_ONCE = 20;

const anInstance = (name: string, nats: TestNats) => aProcess(INSTANCE, {}, [name, JSON.stringify(nats.as('test'))]);

describe('a service with two instances', () => {
  let nats: TestNats;
  let bus: TestBus;
  let sick: TestProcess;

  const many = <T>(call: () => Promise<T>) => Promise.allSettled(Array.from({ length: AT_ONCE }, call));
  const read = () => bus.call(probe.read, {});
  const write = () => bus.call(probe.write, { id: randomUUID() });
  /** Of many calls at once: the instance that answered, or the code of the refusal. */
  const answers = async (call: () => Promise<{ instance: string }>) =>
    new Set((await many(call)).map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.instance : codeOf(outcome))));
  const onlyTheOther = async (call: () => Promise<{ instance: string }>) => [...(await answers(call))].join() === 'well';
  const bothAnswer = () => waitFor(async () => (await answers(read)).size === 2, { withinMs: 20_000, what: 'both instances' });
  const written = async () =>
    (await many(() => bus.call(probe.written, {}))).flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value.ids : []));

  beforeAll(async () => {
    nats = await aNats();
    bus = await TestBus.connect(nats);
    anInstance('well', nats);
    sick = anInstance('sick', nats);
  });
  beforeEach(bothAnswer, 30_000);
  afterEach(() => sick.signal('SIGCONT'));
  afterAll(cleanUp);

  it('answers whatever may be asked twice from the moment on that one of them freezes', async () => {
    sick.signal('SIGSTOP');
    expect(await answers(read)).toEqual(new Set(['well']));
  });

  it('soon has every call answered by the other when one freezes', async () => {
    sick.signal('SIGSTOP');
    await waitFor(() => onlyTheOther(write), { withinMs: 15_000, what: 'the other to answer everything' });
    expect(await answers(write)).toEqual(new Set(['well']));
  }, 30_000);

  it('does not do what a caller gave up on when the frozen one wakes', async () => {
    sick.signal('SIGSTOP');
    const ids = Array.from({ length: AT_ONCE }, () => randomUUID());
    const outcomes = await Promise.allSettled(ids.map((id) => bus.call(probe.write, { id })));
    const refused = ids.filter((_id, index) => outcomes[index]!.status === 'rejected');
    expect(refused).not.toEqual([]);
    sick.signal('SIGCONT');
    await bothAnswer();
    const done = await written();
    expect(refused.filter((id) => done.includes(id))).toEqual([]);
  }, 40_000);

  it('has about half of the keys for each of them, whoever asks, and all for the other while one is frozen', async () => {
    const keys = Array.from({ length: 200 }, () => randomUUID());
    const another = await TestBus.connect(nats);
    const ownersBy = async (asking: TestBus) => Promise.all(keys.map(async (key) => (await asking.call(probe.keep, { key })).instance));
    // Whoever has just come hears of both before long.
    await waitFor(async () => new Set(await ownersBy(another)).size === 2, { withinMs: 20_000, what: 'another caller to know both' });
    const owners = await ownersBy(bus);
    expect(await ownersBy(another)).toEqual(owners);
    const ofWell = owners.filter((owner) => owner === 'well').length;
    expect(ofWell).toBeGreaterThan(60);
    expect(ofWell).toBeLessThan(140);
    sick.signal('SIGSTOP');
    expect(new Set(await ownersBy(bus))).toEqual(new Set(['well']));
    sick.signal('SIGCONT');
    await waitFor(async () => (await ownersBy(bus)).join() === owners.join(), { withinMs: 20_000, what: 'each to have its keys again' });
  }, 60_000);

  it('is not asked twice for what takes long while it answers others', async () => {
    const id = randomUUID();
    let ended = false;
    const slow = bus.call(probe.slow, { id }).finally(() => (ended = true));
    while (!ended) await answers(read);
    await slow;
    const doneBy = (await many(() => bus.call(probe.written, {}))).flatMap((outcome) =>
      outcome.status === 'fulfilled' && outcome.value.ids.includes(id) ? [outcome.value.instance] : [],
    );
    expect(new Set(doneBy).size).toBe(1);
  }, 20_000);

  it('soon has every call answered by the other when one lacks what it cannot work without', async () => {
    sick.signal('SIGUSR2');
    await waitFor(() => onlyTheOther(write), { withinMs: 15_000, what: 'the other to answer everything' });
  }, 30_000);
});

describe('a frozen process that nobody calls', () => {
  afterAll(cleanUp);

  it('is dropped by NATS', async () => {
    const port = await freePort();
    const nats = await aNats(['-m', String(port)]);
    const isConnected = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/connz`);
      return ((await answer.json()) as { connections: { name: string }[] }).connections.some(({ name }) => name === 'probe');
    };
    const frozen = anInstance('frozen', nats);
    await waitFor(isConnected, { withinMs: 20_000, what: 'it to connect' });
    frozen.signal('SIGSTOP');
    await waitFor(async () => !(await isConnected()), { withinMs: 30_000, what: 'NATS to drop it' });
  }, 60_000);
});

const codeOf = ({ reason }: PromiseRejectedResult) => (reason as AppError).code;
