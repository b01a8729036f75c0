import { setupI18n } from '@lingui/core';
import type { CompiledMessage } from '@lingui/message-utils/compileMessage';
import { messageId } from './message-id.ts';

/**
 * The words of the page in the language it is shown in. English stands in the code, compiled, so that it needs no
 * catalogue; neither does what a catalogue lacks.
 */
export const i18n = setupI18n({ locale: 'en', messages: { en: {} } }).setMessagesCompiler((message) => [message]);

/** English needs no look-up. */
export const idOf = (message: unknown): string => (i18n.locale === 'en' ? '' : messageId(message));

/** What a message says in the chosen language: t`…` and plural(…) come to this. @param message in English, compiled */
export const say = (message: string | CompiledMessage, values?: Record<string, unknown>): string =>
  i18n._(idOf(message), values, { message: message as string });
