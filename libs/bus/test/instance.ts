/** One instance of the service `probe`: node instance.ts NAME CONFIG. SIGUSR2 takes its database away. */
import type { ParsedInputOf } from '@atrium/contracts';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { BusConfig } from '../src/bus.ts';
import { BusModule } from '../src/bus.module.ts';
import { HandleRpc, HandleRpcBatch, type BatchItem } from '../src/decorators.ts';
import { BusTransport } from '../src/transport.ts';
import { probe } from './contract.ts';

const [name = '', config = ''] = process.argv.slice(2);

@Controller()
class Doors {
  private readonly ids: string[] = [];

  @HandleRpc(probe.read)
  async read() {
    return { instance: name };
  }

  @HandleRpc(probe.write)
  async write({ id }: ParsedInputOf<typeof probe.write>) {
    this.ids.push(id);
    return { instance: name };
  }

  @HandleRpc(probe.slow)
  async slow({ id }: ParsedInputOf<typeof probe.slow>) {
    this.ids.push(id);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return { instance: name };
  }

  @HandleRpcBatch(probe.keep)
  async keep(items: BatchItem<typeof probe.keep>[]) {
    return items.map(() => ({ instance: name }));
  }

  @HandleRpc(probe.written)
  async written() {
    return { instance: name, ids: this.ids };
  }
}

@Module({ imports: [BusModule.forRoot('probe', JSON.parse(config) as BusConfig)], controllers: [Doors] })
class App {}

const transport = new BusTransport();
const app = await NestFactory.createMicroservice(App, { strategy: transport, logger: false });
let isAway = false;
transport.attach(app, () => (isAway ? Promise.reject(new Error('its database is away')) : Promise.resolve()));
process.once('SIGUSR2', () => (isAway = true));
await app.listen();
