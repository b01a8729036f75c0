import { HandleRpc, requireActor } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PreferencesService } from './preferences.service.ts';

@Controller()
export class PreferencesRpc {
  constructor(private readonly service: PreferencesService) {}

  @HandleRpc(messages.preferences)
  get(_input: ParsedInputOf<typeof messages.preferences>, call: Call) {
    return this.service.get(requireActor(call));
  }

  @HandleRpc(messages.setPreferences)
  set(input: ParsedInputOf<typeof messages.setPreferences>, call: Call) {
    return this.service.set(requireActor(call), input);
  }

  @HandleRpc(messages.setNotify)
  setNotify(input: ParsedInputOf<typeof messages.setNotify>, call: Call) {
    return this.service.setNotify(requireActor(call), input);
  }
}
