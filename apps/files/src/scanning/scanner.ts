import { CONFIG, Health } from '@atrium/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { FilesConfig } from '../config.ts';
import { ping, scan, type Clamd, type Verdict } from './clamd.ts';

/** Looks for viruses in files before anything else is done with them, where clamd is configured. */
@Injectable()
export class Scanner implements OnModuleInit {
  private readonly clamd: Clamd | null;

  constructor(
    @Inject(CONFIG) config: FilesConfig,
    private readonly health: Health,
  ) {
    const url = config.FILES_CLAMD_URL === undefined ? null : new URL(config.FILES_CLAMD_URL);
    this.clamd = url && { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || DEFAULT_PORT) };
  }

  onModuleInit(): void {
    if (this.clamd) this.health.register('scanner', () => this.requireThere(), { optional: true });
  }

  /** Silent where none is configured. @throws ScannerAway */
  async requireThere(): Promise<void> {
    if (this.clamd) await ping(this.clamd);
  }

  /** @returns null where none is configured @throws ScannerAway */
  async scan(path: string, signal: AbortSignal): Promise<Verdict | null> {
    return this.clamd && scan(this.clamd, path, signal);
  }
}

const DEFAULT_PORT = 3310;
