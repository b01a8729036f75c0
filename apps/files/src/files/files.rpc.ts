import { HandleRpc, requireActor } from '@atrium/bus';
import {
  files,
  type Call,
  type OutputOf,
  type ParsedInputOf,
  type RpcHandlers,
  type filesAdminRpcs,
  type ownFileRpcs,
  type previewRpcs,
  type resumableRpcs,
  type storageRpcs,
  type versionRpcs,
} from '@atrium/contracts';
import { FactFollowers } from '@atrium/database';
import { Controller } from '@nestjs/common';
import { GuidesService } from '../whole-file/guides.service.ts';
import { ChatsService } from '../chats/chats.service.ts';
import { SearchService } from '../search/search.service.ts';
import { ContentService } from './content.service.ts';
import { FilesService } from './files.service.ts';
import { RemovalsService } from './removals.service.ts';
import { UploadsService } from './uploads.service.ts';

type In<K extends keyof typeof files> = ParsedInputOf<(typeof files)[K]>;
type Out<K extends keyof typeof files> = Promise<OutputOf<(typeof files)[K]>>;

/** What other services may ask of files. */
@Controller()
export class FilesRpc implements RpcHandlers<
  Omit<
    typeof files,
    | 'facts'
    | 'factHeads'
    | 'adminPurgesLeft'
    | keyof typeof filesAdminRpcs
    | keyof typeof ownFileRpcs
    | keyof typeof resumableRpcs
    | keyof typeof previewRpcs
    | keyof typeof storageRpcs
    | keyof typeof versionRpcs
  >
> {
  constructor(
    private readonly service: FilesService,
    private readonly content: ContentService,
    private readonly uploads: UploadsService,
    private readonly chats: ChatsService,
    private readonly guides: GuidesService,
    private readonly searching: SearchService,
    private readonly followers: FactFollowers,
    private readonly removals: RemovalsService,
  ) {}

  @HandleRpc(files.openUpload)
  openUpload(input: In<'openUpload'>, call: Call): Out<'openUpload'> {
    return this.uploads.open(requireActor(call), input, call);
  }

  @HandleRpc(files.recordUpload)
  recordUpload(input: In<'recordUpload'>, call: Call): Out<'recordUpload'> {
    return this.uploads.record(requireActor(call), input, call);
  }

  @HandleRpc(files.list)
  list(input: In<'list'>, call: Call): Out<'list'> {
    return this.service.list(requireActor(call), input, call);
  }

  @HandleRpc(files.get)
  get(input: In<'get'>, call: Call): Out<'get'> {
    return this.service.get(requireActor(call), input, call);
  }

  @HandleRpc(files.search)
  search(input: In<'search'>, call: Call): Out<'search'> {
    return this.searching.search(requireActor(call), input, call);
  }

  @HandleRpc(files.openContent)
  openContent(input: In<'openContent'>, call: Call): Out<'openContent'> {
    return this.content.open(requireActor(call), input, call);
  }

  @HandleRpc(files.text)
  text(input: In<'text'>, call: Call): Out<'text'> {
    return this.service.text(requireActor(call), input, call);
  }

  @HandleRpc(files.retry)
  retry(input: In<'retry'>, call: Call): Out<'retry'> {
    return this.service.retry(requireActor(call), input, call);
  }

  @HandleRpc(files.remove)
  remove(input: In<'remove'>, call: Call): Out<'remove'> {
    return this.removals.remove(requireActor(call), input, call);
  }

  @HandleRpc(files.ask)
  ask(input: In<'ask'>, call: Call): Out<'ask'> {
    return this.chats.ask(requireActor(call), input, call);
  }

  @HandleRpc(files.askHistory)
  askHistory(input: In<'askHistory'>, call: Call): Out<'askHistory'> {
    return this.chats.history(requireActor(call), input, call);
  }

  @HandleRpc(files.clearAskHistory)
  async clearAskHistory(input: In<'clearAskHistory'>, call: Call): Out<'clearAskHistory'> {
    await this.chats.clear(requireActor(call), input, call);
    return {};
  }

  @HandleRpc(files.askRoom)
  askRoom(input: In<'askRoom'>, call: Call): Out<'askRoom'> {
    return this.chats.ask(requireActor(call), input, call);
  }

  @HandleRpc(files.askRoomHistory)
  askRoomHistory(input: In<'askRoomHistory'>, call: Call): Out<'askRoomHistory'> {
    return this.chats.history(requireActor(call), input, call);
  }

  @HandleRpc(files.clearAskRoomHistory)
  async clearAskRoomHistory(input: In<'clearAskRoomHistory'>, call: Call): Out<'clearAskRoomHistory'> {
    await this.chats.clear(requireActor(call), input, call);
    return {};
  }

  @HandleRpc(files.rateAnswer)
  rateAnswer(input: In<'rateAnswer'>, call: Call): Out<'rateAnswer'> {
    return this.chats.rate(requireActor(call), input, call);
  }

  @HandleRpc(files.guide)
  guide(input: In<'guide'>, call: Call): Out<'guide'> {
    return this.guides.find(requireActor(call), input, call);
  }

  @HandleRpc(files.queueStatus)
  queueStatus({ roomId }: In<'queueStatus'>, call: Call): Out<'queueStatus'> {
    return this.service.queueStatus(requireActor(call), roomId, call);
  }

  @HandleRpc(files.settle)
  async settle({ facts }: In<'settle'>, { deadlineAt }: Call): Out<'settle'> {
    return { settled: await this.followers.settle(facts, deadlineAt) };
  }
}
