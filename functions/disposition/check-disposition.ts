/**
 * Reads where a batch stands and moves it on when its time or its signatures say so. Answers the workflow what is next:
 * wait for objections, ask the offices, put records back, destroy, or how it ended.
 *
 * Faults  NobodyToSign (retry later), ListDiffers, RecordMissing (do not); RecordsBusy, ChangedMeanwhile, FilesBusy (retry)
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { RECORDS_LAW } from '../../policies/editions/records-law.ts';
import { msBetween, plusMs, type Instant } from '../../policies/instant.ts';
import { decisions, type Decision } from '../decision/contract.ts';
import { sha256 } from '../records/canonical.ts';
import type { Disposition, SigningOffice } from './contract.ts';
import { endUnsigned } from './end-unsigned.ts';
import { ListDiffers } from './faults.ts';
import { openSigning } from './open-signing.ts';
import { changed, dispositionOf, type StepNeeds } from './steps.ts';

export type Next =
  | { readonly kind: 'grace'; readonly seconds: number }
  | {
      readonly kind: 'sign';
      readonly recordsOfficer: string;
      readonly lawDepartment: string;
      readonly recordsCommissioner: string;
    }
  | { readonly kind: 'destroy'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'give-back' | 'destroyed' | 'declined' | 'lapsed' | 'emptied' };

/** How long a workflow that destroys is left alone before the sweep starts another. */
export const LEAVE_TO_DESTROY_MS = 2 * 60 * 60_000;

export async function checkDisposition(
  needs: StepNeeds,
  { dispositionId }: { readonly dispositionId: string },
): Promise<Next> {
  const disposition = await dispositionOf(needs, dispositionId);
  const now = needs.now();
  switch (disposition.state) {
    case 'proposed':
      return now < disposition.graceEndsAt
        ? { kind: 'grace', seconds: secondsUntil(disposition.graceEndsAt, now) }
        : signNext(await openSigning(needs, disposition, now));
    case 'signing':
      return signing(needs, disposition, now);
    case 'destroying':
      return destroyNext(needs, disposition);
    default:
      return { kind: disposition.givingBack ? 'give-back' : disposition.state };
  }
}

async function signing(needs: StepNeeds, disposition: Disposition, now: Instant): Promise<Next> {
  const found = await Promise.all(
    disposition.decisions.map(async ({ office, decisionId }) => ({
      office,
      decision: await needs.records.get(decisions, decisionId),
    })),
  );
  const asked = found.filter((one): one is { office: SigningOffice; decision: Decision } => one.decision !== undefined);
  const declined = asked.find(({ decision }) => decision.answer && decision.answer.answer !== 'approve');
  if (declined) return endUnsigned(needs, disposition, asked, now, declined.office);
  if (asked.length > 0 && asked.every(({ decision }) => decision.answer?.answer === 'approve'))
    return beginDestroying(needs, disposition, now);
  const over = disposition.signingEndsAt !== undefined && now >= disposition.signingEndsAt;
  if (over || asked.some(({ decision }) => decision.state === 'lapsed'))
    return endUnsigned(needs, disposition, asked, now);
  return signNext(disposition);
}

/** All three have signed the same list, and the list in the store is the one they signed. */
async function beginDestroying(needs: StepNeeds, disposition: Disposition, now: Instant): Promise<Next> {
  const { key, versionId, sha256: signed } = disposition.list;
  const [newest, text] = await Promise.all([needs.files.text(key), needs.files.text(key, versionId)]);
  if (newest === undefined || sha256(newest) !== signed || text !== newest)
    throw new ListDiffers(
      `disposition ${disposition.id}: the list in the store is not the one that was signed; find out who wrote ${key}`,
    );
  await needs.records.write(
    changed(
      {
        ...disposition,
        state: 'destroying',
        destructionBeganAt: now,
        step: 'For each batch of records',
        lateAt: plusMs(now, LEAVE_TO_DESTROY_MS),
      },
      now,
      {
        act: 'batch signed by all offices',
        clauses: [RECORDS_LAW.approvedDisposal.id, HOUSE.notYourOwnBatch.id],
        facts: { list: signed, signatures: disposition.decisions.map(({ decisionId }) => decisionId) },
      },
    ),
  );
  return destroyNext(needs, disposition);
}

const destroyNext = ({ files }: StepNeeds, { list }: Disposition): Next => ({
  kind: 'destroy',
  bucket: files.bucket,
  key: list.key,
});

function signNext({ id, decisions: asked }: Disposition): Next {
  const of = (office: SigningOffice): string => {
    const one = asked.find((decision) => decision.office === office);
    if (!one) throw new Error(`disposition ${id} has no decision of the ${office}`);
    return one.decisionId;
  };
  return {
    kind: 'sign',
    recordsOfficer: of('records-officer'),
    lawDepartment: of('law-department'),
    recordsCommissioner: of('records-commissioner'),
  };
}

/** Whole seconds, rounded up, at least one: a workflow cannot wait for less. */
const secondsUntil = (until: Instant, now: Instant): number => Math.max(1, Math.ceil(msBetween(now, until) / 1000));
