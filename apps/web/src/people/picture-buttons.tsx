import { t } from '@lingui/core/macro';
import { MAX_AVATAR_BYTES } from '@atrium/contracts';
import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { showError, showToast } from '../kit/toasts.tsx';

type PictureButtonsProps = {
  /** What the picture is of. */
  label: string;
  hasPicture: boolean;
  set: (image: File) => Promise<unknown>;
  remove: () => Promise<unknown>;
};

/** Chooses a picture for somebody, or takes it away. */
export function PictureButtons({ label, hasPicture, set, remove }: PictureButtonsProps) {
  const setting = useMutation({ mutationFn: set, onError: showError });
  const removing = useMutation({ mutationFn: remove, onError: showError });
  const choose = (file: File | null): void => {
    if (!file) return;
    if (file.size > MAX_AVATAR_BYTES) return showToast(t`A picture may have at most 5 MB.`);
    setting.mutate(file);
  };
  return (
    <>
      <FileButton onChange={choose} accept="image/png,image/jpeg,image/webp,image/gif,image/avif" inputProps={{ 'aria-label': label }}>
        {(props) => (
          <Button size="xs" variant="default" loading={setting.isPending} {...props}>
            {t`Change picture`}
          </Button>
        )}
      </FileButton>
      {hasPicture && (
        <Button size="xs" variant="default" loading={removing.isPending} onClick={() => removing.mutate()}>
          {t`Remove picture`}
        </Button>
      )}
    </>
  );
}
