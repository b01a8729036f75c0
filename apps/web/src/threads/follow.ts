import { t } from '@lingui/core/macro';
import { queryClient } from '../kit/query-client.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { client } from '../session/client.ts';

export function followThread(roomId: string, rootId: string, following: boolean): void {
  client.messages.follow(roomId, rootId, following).then(() => {
    showToast(following ? t`You follow this thread.` : t`You left this thread until you are named in it.`);
    void queryClient.invalidateQueries({ queryKey: ['threads'] });
  }, showError);
}
