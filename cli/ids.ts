// Ids that the command makes: whoever creates a thing names it, so that sending it twice makes it once.
import { idMaker } from '#schema/values/id';
import { systemClock, systemRandom } from './ui/clock.ts';

export const makeId = idMaker(systemClock, systemRandom);
