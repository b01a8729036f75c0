import { HandleRpc, OnDeadLetter, requireAdmin, type ReceivedDeadLetter } from '@atrium/bus';
import { accounts, type Call, type OutputOf, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { DeadLettersService } from './dead-letters.service.ts';

type Letters = Pick<typeof accounts, 'adminDeadLetters' | 'adminDeadLetter' | 'adminRedeliver' | 'adminDiscardDeadLetter'>;
type In<K extends keyof Letters> = ParsedInputOf<Letters[K]>;

/** What was given up comes in here, and is looked after. */
@Controller()
export class DeadLettersRpc implements RpcHandlers<Letters> {
  constructor(private readonly letters: DeadLettersService) {}

  @OnDeadLetter({ consumer: 'accounts-dead-letters' })
  setAside(letter: ReceivedDeadLetter): Promise<void> {
    return this.letters.keep(letter);
  }

  @HandleRpc(accounts.adminDeadLetters)
  async adminDeadLetters(input: In<'adminDeadLetters'>, call: Call): Promise<OutputOf<Letters['adminDeadLetters']>> {
    requireAdmin(call);
    return this.letters.list(input);
  }

  @HandleRpc(accounts.adminDeadLetter)
  async adminDeadLetter({ letterId }: In<'adminDeadLetter'>, call: Call): Promise<OutputOf<Letters['adminDeadLetter']>> {
    requireAdmin(call);
    return this.letters.open(letterId);
  }

  @HandleRpc(accounts.adminRedeliver)
  async adminRedeliver(input: In<'adminRedeliver'>, call: Call): Promise<Record<string, never>> {
    await this.letters.redeliver({ actorId: requireAdmin(call), ...input }, call);
    return {};
  }

  @HandleRpc(accounts.adminDiscardDeadLetter)
  async adminDiscardDeadLetter(input: In<'adminDiscardDeadLetter'>, call: Call): Promise<Record<string, never>> {
    await this.letters.discard({ actorId: requireAdmin(call), ...input });
    return {};
  }
}
