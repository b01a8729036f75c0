import { useEffect } from 'react';
import { useMatch } from 'react-router';
import { useRooms } from '../live/use-live.ts';
import { titleOf } from './title-of.ts';

/** Keeps the title of the tab: where one is, and how often one was named anywhere. */
export function PageTitle() {
  const roomId = useMatch('/rooms/:roomId/*')?.params.roomId;
  const title = titleOf(useRooms(), roomId);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => () => void (document.title = 'Atrium'), []);
  return null;
}
