/** Reads the form by which a hold is placed. What cannot be read is a refusal of its own, beside those of the rule. */
import { dayTyped, type CalendarDate } from '../../policies/calendar-date.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Form } from '../edge/page-app.tsx';
import { caseNumberOf } from '../image/contract.ts';
import type { Records } from '../records/records.aws.ts';
import { directoryLine } from '../records/standing.ts';
import type { Matching } from '../retention/contract.ts';
import { LONGEST_ID, MOST_CUSTODIANS, refuse, type HoldAsked } from './asked.ts';
import type { HoldScope } from './contract.ts';
import { KIND_LABELS, TECHNOLOGY_LABELS } from './labels.ts';

/** In the order of the form; where an error summary leads. */
export const FIELDS = [
  'kind',
  'name',
  'authority',
  'reason',
  'ownerId',
  'custodians',
  'scope',
  'recordIds',
  'caseNumbers',
  'technology',
  'capturedFrom',
  'capturedUntil',
  'deviceId',
] as const;

export interface HoldRead {
  readonly asked: HoldAsked;
  readonly refusals: readonly Refusal[];
  readonly draft?: string;
}

const DRAFT = /^[\w-]{43}$/;

export async function readHold(records: Pick<Records, 'linesOf'>, form: Form): Promise<HoldRead> {
  const refusals: Refusal[] = [];
  const kind = oneOf(KIND_LABELS, form.text('kind'));
  if (!kind) refusals.push(refuse('kind', 'no answer', 'one of the kinds', 'choose what it is for'));
  const scope = scopeIn(form, refusals);
  const custodianIds = await custodiansNamed(records, form.text('custodians'));
  const draft = form.text('draft');
  return {
    asked: {
      kind: kind ?? 'litigation',
      name: form.text('name'),
      reason: form.text('reason'),
      authority: form.text('authority'),
      ownerId: form.text('ownerId'),
      custodianIds,
      scope: scope ?? { kind: 'cases', caseNumbers: [] },
    },
    refusals,
    ...(DRAFT.test(draft) && { draft }),
  };
}

/** Ids by directory name. A name nobody has becomes an id nobody has: the act says which place in the list it is. */
export const custodiansNamed = (records: Pick<Records, 'linesOf'>, text: string): Promise<readonly string[]> =>
  Promise.all(
    listed(text)
      .slice(0, MOST_CUSTODIANS + 1)
      .map(async (name) => (name.length > LONGEST_ID ? '' : ((await records.linesOf(directoryLine(name)))[0] ?? ''))),
  );

const oneOf = <Value extends string>(among: Readonly<Record<Value, unknown>>, value: string): Value | undefined =>
  Object.hasOwn(among, value) ? (value as Value) : undefined;

/** One on each line, or with commas or semicolons between them; each once. */
const listed = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[\n,;]/)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
];

function scopeIn(form: Form, refusals: Refusal[]): HoldScope | undefined {
  switch (form.text('scope')) {
    case 'records':
      return { kind: 'records', ids: shortOnly(listed(form.text('recordIds')), 'recordIds', refusals) };
    case 'cases': {
      const numbers = listed(form.text('caseNumbers')).map(caseNumberOf);
      return { kind: 'cases', caseNumbers: shortOnly([...new Set(numbers)], 'caseNumbers', refusals) };
    }
    case 'matching':
      return { kind: 'matching', matching: matchingIn(form, refusals) };
    default:
      return void refusals.push(
        refuse('scope', 'no answer', 'records by number, cases, or all that matches', 'choose what it takes in'),
      );
  }
}

function shortOnly(all: readonly string[], field: string, refusals: Refusal[]): readonly string[] {
  const short = all.filter((one) => one.length <= LONGEST_ID);
  if (short.length < all.length)
    refusals.push(
      refuse(
        field,
        `${all.length - short.length} that are too long`,
        `at most ${LONGEST_ID} characters each`,
        'write one on each line',
      ),
    );
  return short;
}

function matchingIn(form: Form, refusals: Refusal[]): Matching {
  const technology = form.text('technology');
  const known = oneOf<Technology>(TECHNOLOGY_LABELS, technology);
  if (technology && !known)
    refusals.push(refuse('technology', 'an answer that is not on the form', 'one of the four', 'choose one'));
  const deviceId = form.text('deviceId');
  if (deviceId.length > LONGEST_ID)
    refusals.push(refuse('deviceId', `${deviceId.length} characters`, `at most ${LONGEST_ID}`, 'correct it'));
  const day = (name: 'capturedFrom' | 'capturedUntil'): CalendarDate | undefined => {
    const typed = form.text(name);
    const read = dayTyped(typed);
    if (typed && !read)
      refusals.push(refuse(name, 'a day that cannot be read', 'a day as YYYY-MM-DD', 'enter it again'));
    return read;
  };
  const [capturedFrom, capturedUntil] = [day('capturedFrom'), day('capturedUntil')];
  return {
    ...(known && { technology: known }),
    ...(capturedFrom && { capturedFrom }),
    ...(capturedUntil && { capturedUntil }),
    ...(deviceId && { deviceId }),
  };
}
