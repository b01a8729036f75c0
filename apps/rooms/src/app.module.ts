import { BusModule } from '@atrium/bus';
import { DatabaseModule } from '@atrium/database';
import { Module, type DynamicModule } from '@nestjs/common';
import { migrations } from '../migrations/index.ts';
import type { RoomsConfig } from './config.ts';
import { entities } from './entities.ts';
import { RoomsModule } from './rooms.module.ts';

@Module({})
export class AppModule {
  static forRoot(config: RoomsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        BusModule.forRoot('rooms', config),
        DatabaseModule.forRoot({ service: 'rooms', url: config.ROOMS_DATABASE_URL, entities, migrations }),
        RoomsModule,
      ],
    };
  }
}
