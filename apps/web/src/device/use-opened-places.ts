import { useEffect } from 'react';
import { useNavigate } from 'react-router';

/** A notification that was clicked leads this page to its message. */
export function useOpenedPlaces(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const open = ({ data }: MessageEvent<unknown>): void => {
      if (isOpening(data)) void navigate(data.url);
    };
    const worker = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
    worker?.addEventListener('message', open);
    return () => worker?.removeEventListener('message', open);
  }, [navigate]);
}

const isOpening = (data: unknown): data is { type: 'open'; url: string } =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'open' && 'url' in data && typeof data.url === 'string';
