import { AdminApi } from '@atrium/client';
import { client } from '../session/client.ts';

/** Lives in the console's own bundle, like everything here. */
export const admin = new AdminApi(client.http);
