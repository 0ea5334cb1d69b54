/** What the routes of holds ask. The hold they are tried on is nobody's: who may not read every hold is not told of it. */
import type { Task } from '../../policies/roles.ts';
import { at, type Expected } from './expecting.ts';

const READERS: readonly Task[] = ['read-retention', 'place-hold', 'release-hold'];

export const EXPECTED_OF_HOLDS: Readonly<Record<string, Expected>> = {
  'GET /holds': { path: at('/holds'), may: READERS },
  'GET /holds/new': { path: at('/holds/new'), may: ['place-hold'] },
  'GET /holds/record/:id': { path: at('/holds/record/I-none'), may: READERS, ok: [404] },
  'GET /holds/:id': { path: at('/holds/H-none'), may: 'signed-in', ok: [404] },
  'POST /holds': { path: at('/holds'), may: ['place-hold'], ok: [422] },
  'POST /holds/:id/release': { path: at('/holds/H-none/release'), may: ['release-hold'], ok: [404] },
  'POST /holds/:id/owner': { path: at('/holds/H-none/owner'), may: 'signed-in', ok: [404] },
  'POST /holds/:id/acknowledge': { path: at('/holds/H-none/acknowledge'), may: 'signed-in', ok: [404] },
  'POST /holds/:id/custodians': { path: at('/holds/H-none/custodians'), may: 'signed-in', ok: [404] },
  'POST /holds/:id/review': { path: at('/holds/H-none/review'), may: 'signed-in', ok: [404] },
};
