import { t } from '@lingui/core/macro';
import type { RoomRole } from '@atrium/contracts';

export const roleNames = (): Record<RoomRole, string> => ({ host: t`Host`, moderator: t`Moderator`, member: t`Member` });
