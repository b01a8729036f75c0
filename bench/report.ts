import { OPEN } from './load/acts.ts';
import type { Histogram } from './load/histogram.ts';
import type { Memory } from './load/memory.ts';
import type { CatchUpResult } from './workloads/catch-up.ts';
import type { DayHour, DayResult } from './workloads/day.ts';
import type { FanoutResult } from './workloads/fanout.ts';
import type { IdleResult } from './workloads/idle.ts';
import type { PageFigure } from './workloads/page.ts';
import type { RoomsResult } from './workloads/rooms.ts';
import type { ScaleColumn } from './workloads/scale.ts';
import type { SearchResult } from './workloads/search.ts';

export type RoomsRow = { target: string; workload: string; result: RoomsResult };

const whole = (value: number) => Math.round(value).toLocaleString('en');
const tenth = (value: number) => value.toFixed(1);

/** Messages, deliveries and acknowledgements; ours as a ratio to the floor of the same run. */
export function roomsTable(rows: readonly RoomsRow[]): string {
  const lines = rows.map(({ target, workload, result }) => {
    const floor = rows.find((row) => row.workload === workload && row.target !== target);
    const ratio = target === 'atrium' && floor ? `${tenth(result.messagesPerSecond / floor.result.messagesPerSecond)} ×` : '';
    return `| ${workload} | ${target} | ${whole(result.messagesPerSecond)} | ${whole(result.deliveriesPerSecond)} | ${tenth(result.ackP50)} / ${tenth(result.ackP99)} | ${result.refused} | ${ratio} |`;
  });
  return [
    '',
    '| workload | server | messages/s stored and acknowledged | deliveries/s | ack p50 / p99 ms | refused | ratio |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** CPU seconds of each process per 10,000 messages, while measuring. */
export function cpuTable(rows: readonly RoomsRow[]): string {
  const names = [...new Set(rows.flatMap((row) => [...row.result.cpu.keys()]))];
  const lines = rows.map(({ workload, result }) => {
    const per10k = (name: string) => (((result.cpu.get(name) ?? 0) / result.messages) * 10_000).toFixed(2);
    return `| ${workload} | ${names.map(per10k).join(' | ')} |`;
  });
  return ['', `| CPU s per 10,000 messages | ${names.join(' | ')} |`, `|---|${names.map(() => '---|').join('')}`, ...lines].join('\n');
}

export function fanoutTable(sockets: number, results: readonly ({ name: string } & FanoutResult)[]): string {
  const floor = results.at(-1)!.best.deliveriesPerSecond;
  const lines = results.map(
    ({ name, best, steps }) =>
      `| FANOUT ${sockets} | ${name} | ${whole(best.deliveriesPerSecond)} | ${whole(best.offeredPerSecond)} | ${tenth(best.deliveryP99)} | ${tenth(best.deliveriesPerSecond / floor)} × | ${steps.map((step) => `${step.offeredPerSecond}: ${tenth(step.deliveryP99)}`).join(', ')} |`,
  );
  return [
    '',
    '| workload | server | deliveries/s | offered messages/s | delivery p99 ms | ratio | p99 by rate |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

export function historyLine(messages: number, latencies: Histogram): string {
  return `\nHISTORY: newest 50 of a room of ${whole(messages)}: p50 ${latencies.percentile(50).toFixed(2)} ms, p99 ${latencies.percentile(99).toFixed(2)} ms`;
}

export function idleTable({ sockets, bytesPerSocket, reachMs }: IdleResult): string {
  const kilobytes = tenth(bytesPerSocket / 1024);
  return `\nIDLE: ${whole(sockets)} sockets in one room: ${kilobytes} kB each at the gateway; one message reaches all in ${reachMs.map(whole).join(', ')} ms`;
}

export function memoryTable(memory: ReadonlyMap<string, Memory>): string {
  const mb = (bytes: number) => whole(bytes / 1024 ** 2);
  const lines = [...memory].map(([name, { resident, proportional }]) => `| ${name} | ${mb(resident)} | ${mb(proportional)} |`);
  return ['', '| at rest | resident MB | in proportion MB |', '|---|---|---|', ...lines].join('\n');
}

export function catchUpTable({ clients, entries, levelMs, othersBefore, othersMeanwhile }: CatchUpResult): string {
  const quantiles = (of: Histogram) => [50, 95, 99].map((percent) => tenth(of.percentile(percent))).join(' / ');
  const title = `CATCH-UP: ${clients} clients come back at once, ${entries} entries behind each`;
  return [
    '',
    title,
    '',
    '| | p50 / p95 / p99 ms |',
    '|---|---|',
    `| until a client is level | ${quantiles(levelMs)} |`,
    `| acknowledgements to others before | ${quantiles(othersBefore)} |`,
    `| acknowledgements to others meanwhile | ${quantiles(othersMeanwhile)} |`,
  ].join('\n');
}

/** The hours of a day, then what else people did in it, then who worked in its busiest hour. */
export function dayTable({ people, like, rooms, places, hours, took, refused }: DayResult): string {
  const quantiles = (of: Histogram) => [50, 99].map((percent) => tenth(of.percentile(percent))).join(' / ');
  const sum = ({ cores }: DayHour) => [...cores].reduce((total, [name, used]) => (name === 'load client' ? total : total + used), 0);
  const busiest = hours.reduce((most, hour) => (hour.messagesPerSecond > most.messagesPerSecond ? hour : most));
  const names = [...busiest.cores.keys()];
  return [
    '',
    `DAY: ${whole(people)} people who do what ${whole(like)} would, in ${whole(rooms)} rooms (${tenth(places / people)} each)`,
    '',
    '| hour | online | messages/s | deliveries/s | ack p50 / p99 ms | a room opened p50 / p99 ms | cores |',
    '|---|---|---|---|---|---|---|',
    ...hours.map(
      (hour) =>
        `| ${hour.hour} to ${hour.hour + 1} | ${hour.online} | ${tenth(hour.messagesPerSecond)} | ${whole(hour.deliveriesPerSecond)} | ${quantiles(hour.acks)} | ${quantiles(hour.opened)} | ${sum(hour).toFixed(2)} |`,
    ),
    '',
    '| in the whole day | how often | p50 / p99 ms |',
    '|---|---|---|',
    ...[...took].filter(([act]) => act !== OPEN).map(([act, of]) => `| ${act} | ${whole(of.count)} | ${quantiles(of)} |`),
    ...[...refused].map(([why, times]) => `| refused, ${why} | ${whole(times)} | |`),
    '',
    `| cores from ${busiest.hour} to ${busiest.hour + 1} | ${names.join(' | ')} |`,
    `|---|${names.map(() => '---|').join('')}`,
    `| | ${names.map((name) => busiest.cores.get(name)!.toFixed(2)).join(' | ')} |`,
  ].join('\n');
}

export function searchTable({ messages, indexedPerSecond, kinds }: SearchResult): string {
  const lines = kinds.map(({ what, latencies }) => `| ${what} | ${tenth(latencies.percentile(50))} | ${tenth(latencies.percentile(95))} |`);
  const title = `SEARCH: ${whole(messages)} messages, indexed at ${whole(indexedPerSecond)} a second`;
  return ['', title, '', '| searched for | p50 ms | p95 ms |', '|---|---|---|', ...lines].join('\n');
}

/** What each thing takes at each size of the room. */
export function scaleTable(columns: readonly ScaleColumn[]): string {
  const lines = [...columns[0]!.latencies.keys()].map((what) => {
    const cells = columns.map(({ latencies }) => latencies.get(what)!);
    return `| ${what} | ${cells.map((cell) => `${tenth(cell.percentile(50))} / ${tenth(cell.percentile(95))}`).join(' | ')} |`;
  });
  return [
    '',
    `| SCALE, p50 / p95 ms with so many messages in the room | ${columns.map(({ messages }) => whole(messages)).join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...lines,
  ].join('\n');
}

export function pageTable(figures: readonly PageFigure[]): string {
  return [
    '',
    '| PAGE | measured | goal |',
    '|---|---|---|',
    ...figures.map(({ what, value, goal }) => `| ${what} | ${value} | ${goal} |`),
  ].join('\n');
}
