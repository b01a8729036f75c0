import { useLocalStorage } from '@mantine/hooks';

const MIN = 320;
const MAX = 720;

/** How wide this person likes the panel. */
export function usePanelWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useLocalStorage({ key: 'atrium.panel', defaultValue: 400, getInitialValueInEffect: false });
  return [width, (wanted) => setWidth(Math.round(Math.min(MAX, Math.max(MIN, wanted))))];
}
