import { Refusal } from '../../../tools/local/refusal.ts';
import { CLOSING_RACES } from './closing-races.ts';
import { DOOR_RACES } from './door-races.ts';
import { HOST_RACES } from './host-races.ts';
import { MODERATION_RACES } from './moderation-races.ts';
import type { Race } from './race.ts';

const RACES: readonly Race[] = [...HOST_RACES, ...MODERATION_RACES, ...DOOR_RACES, ...CLOSING_RACES];

/** The drill that breaks nothing: acts that meet in one moment. */
const DRILL = 'races';

/** `races` is all of them, `races:kick` one. @returns none for a drill that is something else */
export function findRaces(drill: string): readonly Race[] {
  const [kind, key] = drill.split(':');
  if (kind !== DRILL) return [];
  const found = RACES.filter((race) => key === undefined || race.key === key);
  if (found.length === 0) throw new Refusal(`There is no race "${key}": write ${RACES.map((race) => race.key).join(', ')}.`);
  return found;
}
