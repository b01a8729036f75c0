import { createHmac } from 'node:crypto';
import { loadSecrets, type Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

/** The code with which the names kept for admins are registered: of this data folder, unless the environment gives one. */
export const adminCodeFrom = ({ passedOn }: Pick<Settings, 'passedOn'>, secrets: Pick<Secrets, 'services'>): string =>
  passedOn['ACCOUNTS_ADMIN_CODE'] ||
  createHmac('sha256', secrets.services.accounts)
    .update('admin code')
    .digest('hex')
    .slice(0, 24)
    .toUpperCase()
    .replace(/.{4}(?=.)/g, '$&-');

export const adminCodeOf = (settings: Settings): string => adminCodeFrom(settings, loadSecrets(settings.paths.secrets));
