import { RpcClient, type CallOptions } from '@atrium/bus';
import { Instant, MAX_STAT_POINTS, Moment, StatSeries, accounts, files, messages, rooms, validationError } from '@atrium/contracts';
import { Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { stepFor, stepSecondsOf } from './stat-step.ts';

const StatsQuery = z.object({
  from: Moment.optional(),
  to: Moment.optional(),
  /** `hour`, `day`, `week`, or a number with `m`, `h`, `d` or `w`; seconds without. */
  step: z
    .string()
    .refine((value) => stepSecondsOf(value) !== undefined, {
      error: 'must be minute, hour, day, week, or as 15m, 6h, 1d; at least a minute',
    })
    .optional(),
});

const DEFAULT_DAYS = 7;
const SOURCES = [accounts.adminStats, rooms.adminStats, messages.adminStats, files.adminStats];

/** How the server went over time. */
@Controller()
export class AdminStatsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/admin/stats', {
    scope: 'admin',
    summary: 'Series for plots, of the last week unless told; admins only',
    reply: z.object({ from: Instant, to: Instant, stepSeconds: z.int(), series: z.array(StatSeries) }),
    codes: accounts.adminStats.codes,
  })
  async read(@Query({ schema: StatsQuery }) query: z.output<typeof StatsQuery>, @Caller() call: CallOptions) {
    const to = query.to ?? new Date().toISOString();
    const from = query.from ?? new Date(Date.parse(to) - DEFAULT_DAYS * 86_400_000).toISOString();
    const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
    if (seconds <= 0) throw validationError([{ path: ['from'], message: 'must be before to' }]);
    const stepSeconds = (query.step === undefined ? undefined : stepSecondsOf(query.step)) ?? stepFor(seconds);
    if (seconds / stepSeconds > MAX_STAT_POINTS)
      throw validationError([{ path: ['step'], message: `makes more than ${MAX_STAT_POINTS} points: take a longer step` }]);
    const range = { from, to, stepSeconds };
    const answers = await Promise.all(SOURCES.map((source) => this.rpc.call(source, range, call)));
    return { ...range, series: answers.flatMap(({ series }) => series) };
  }
}
