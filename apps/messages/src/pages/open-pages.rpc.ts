import { HandleRpc } from '@atrium/bus';
import { messages, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { OpenPages } from './open-pages.service.ts';

@Controller()
export class OpenPagesRpc {
  constructor(private readonly pages: OpenPages) {}

  @HandleRpc(messages.reportPages)
  async reportPages(input: ParsedInputOf<typeof messages.reportPages>) {
    await this.pages.report(input);
    return {};
  }
}
