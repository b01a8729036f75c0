import { ProviderName } from '@atrium/contracts';
import { z } from 'zod';

const Provider = z.object({
  id: ProviderName,
  name: z.string().min(1).max(60),
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
});
export type Provider = z.output<typeof Provider>;

/** The setting: a list in JSON, each id once. */
export const Providers = z
  .string()
  .default('[]')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a list in JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.array(Provider))
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, { error: 'must name each id once' });
