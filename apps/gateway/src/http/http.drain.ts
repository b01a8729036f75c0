import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import pTimeout from 'p-timeout';

const WITHIN_MS = 3000;

/** Finishes the requests under way while the bus is still there to answer them; Nest would close the bus first. */
@Injectable()
export class HttpDrain implements OnModuleDestroy {
  constructor(private readonly host: HttpAdapterHost) {}

  async onModuleDestroy(): Promise<void> {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await pTimeout(closed, { milliseconds: WITHIN_MS, message: false });
  }
}
