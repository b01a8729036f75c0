import { RpcClient, type CallOptions } from '@atrium/bus';
import { KeywordAnswer, KeywordAnswerInput, bot } from '@atrium/contracts';
import { Body, Controller } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { KeywordId, RoomId } from '../http/ids.ts';

const TestBody = bot.testKeywords.input.pick({ text: true });

@Controller()
export class KeywordsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/rooms/:roomId/keywords', {
    scope: 'rooms:read',
    summary: 'What the bot answers by itself in a room; the host and moderators',
    reply: bot.keywords.output,
    codes: bot.keywords.codes,
  })
  list(@RoomId() roomId: string, @Caller() call: CallOptions) {
    return this.rpc.call(bot.keywords, { roomId }, call);
  }

  @Endpoint('PUT /api/rooms/:roomId/keywords', {
    scope: 'rooms:write',
    summary: 'Make the answer to a keyword, or change it; the host and moderators',
    reply: KeywordAnswer,
    codes: bot.putKeyword.codes,
  })
  put(
    @RoomId() roomId: string,
    @Body({ schema: KeywordAnswerInput }) input: z.output<typeof KeywordAnswerInput>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(bot.putKeyword, { ...input, roomId }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/keywords/:keywordId', {
    scope: 'rooms:write',
    summary: 'Remove the answer to a keyword; the host and moderators',
    codes: bot.removeKeyword.codes,
  })
  async remove(@RoomId() roomId: string, @KeywordId() keywordId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(bot.removeKeyword, { roomId, keywordId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/keywords/test', {
    scope: 'rooms:read',
    summary: 'What would be answered to a text, and why not',
    reply: bot.testKeywords.output,
    codes: bot.testKeywords.codes,
  })
  test(@RoomId() roomId: string, @Body({ schema: TestBody }) { text }: z.output<typeof TestBody>, @Caller() call: CallOptions) {
    return this.rpc.call(bot.testKeywords, { roomId, text }, call);
  }
}
