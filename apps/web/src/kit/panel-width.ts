import { useLocalStorage } from '@mantine/hooks';

const MIN = 320;
const MAX = 960;

const LIKED = { list: { key: 'atrium.panel', defaultValue: 400 }, document: { key: 'atrium.document', defaultValue: 640 } };

/** How wide this person likes the panel; a document wants more than a list. */
export function usePanelWidth(holds: keyof typeof LIKED): [number, (width: number) => void] {
  const [width, setWidth] = useLocalStorage({ ...LIKED[holds], getInitialValueInEffect: false });
  return [width, (wanted) => setWidth(Math.round(Math.min(MAX, Math.max(MIN, wanted))))];
}
