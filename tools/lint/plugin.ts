import { layers } from './layers.rule.ts';
import { maxParams } from './max-params.rule.ts';
import { words } from './words.rule.ts';

/** The rules of this house that no published plugin has. */
export const house = { meta: { name: 'house' }, rules: { layers, 'max-params': maxParams, words } };
