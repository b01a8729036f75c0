import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { KeywordEditor } from './keyword-editor.service.ts';

@Controller()
export class KeywordsRpc {
  constructor(private readonly editor: KeywordEditor) {}

  @HandleRpc(bot.keywords)
  async keywords({ roomId }: ParsedInputOf<typeof bot.keywords>, call: Call) {
    return { items: await this.editor.list(requireActor(call), roomId, call) };
  }

  @HandleRpc(bot.putKeyword)
  putKeyword(input: ParsedInputOf<typeof bot.putKeyword>, call: Call) {
    return this.editor.put(requireActor(call), input, call);
  }

  @HandleRpc(bot.removeKeyword)
  async removeKeyword(input: ParsedInputOf<typeof bot.removeKeyword>, call: Call) {
    await this.editor.remove(requireActor(call), input, call);
    return {};
  }

  @HandleRpc(bot.testKeywords)
  testKeywords(input: ParsedInputOf<typeof bot.testKeywords>, call: Call) {
    return this.editor.test(requireActor(call), input, call);
  }
}
