import { HandleRpc, requireActor } from '@atrium/bus';
import { rooms, type Call, type OutputOf, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { FavouritesService } from './favourites.service.ts';

/** The caller's own list. */
@Controller()
export class FavouritesRpc implements RpcHandlers<Pick<typeof rooms, 'setFavourite'>> {
  constructor(private readonly favourites: FavouritesService) {}

  @HandleRpc(rooms.setFavourite)
  async setFavourite(input: ParsedInputOf<typeof rooms.setFavourite>, call: Call): Promise<OutputOf<typeof rooms.setFavourite>> {
    await this.favourites.set(requireActor(call), input.roomId, input.favourite);
    return {};
  }
}
