import type { Setting } from '@atrium/contracts';
import { z } from 'zod';

/** By their names: what holds one of these words is never shown. */
const SECRET_NAME = /KEY|SECRET|PASSWORD|TOKEN|CREDENTIAL|PROVIDERS|CODE|HEADERS$/;

/** The settings of a process and where each came from, without what is secret. @param environment what was given */
export function settingsOf(schema: z.ZodObject, config: Readonly<Record<string, unknown>>, environment: NodeJS.ProcessEnv): Setting[] {
  return Object.keys(schema.shape)
    .sort()
    .map((name): Setting => {
      const value = config[name];
      const given = environment[name] !== undefined && environment[name] !== '';
      const source = given ? 'environment' : value === undefined ? 'unset' : 'default';
      if (value === undefined) return { name, value: null, source, isSecret: false };
      const shown = SECRET_NAME.test(name) ? undefined : showable(value);
      return { name, value: shown ?? null, source, isSecret: shown === undefined };
    });
}

/** What of a value may be seen; undefined where a credential might be in it. */
function showable(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /:\/\/|@/.test(text) ? addressesIn(text) : text;
}

/** Addresses without who signs in there, nor what follows the path; undefined where one cannot be read. */
function addressesIn(text: string): string | undefined {
  const shown = text.split(',').map((part) => (URL.canParse(part.trim()) ? new URL(part.trim()) : undefined));
  if (shown.some((url) => url === undefined || url.host === '')) return undefined;
  return shown.map((url) => `${url!.protocol}//${url!.host}${url!.pathname}`).join(',');
}
