/**
 * Lets a person see or save one kept image for a stated purpose, or refuses. Either way it goes into the ledger at this
 * POST; the addresses that follow from it are read only. A view is good for minutes, for one person and one image.
 *
 * Answers allowed with the view, refused, or missing
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 */
import { plusMinutes, type Instant } from '../../policies/instant.ts';
import type { Role } from '../../policies/roles.ts';
import type { Refused } from '../../policies/ruling.ts';
import { whatMayBeDoneToAnImage, type ImageOperation } from '../../policies/rules/what-may-be-done-to-an-image.ts';
import { whoMayView, type ViewFacts } from '../../policies/rules/who-may-view.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { caseNumberOf, images, views, type View } from './contract.ts';
import { gone } from './gone.ts';
import { xrayPolicyAt } from './judge-file.ts';
import { dutyCasesOf } from './who-may-read.ts';

export interface ViewNeeds {
  readonly records: Records;
  now(): Instant;
  newViewId(): string;
}

export interface ViewAsked {
  readonly imageId: string;
  /** `view` and `download` are what the page offers; whatever else is asked is judged, refused and written down. */
  readonly operation: string;
  readonly purpose: string;
  readonly need: string;
  readonly caseNumber: string;
  readonly viewer:
    | { readonly personId: string; readonly active: boolean; readonly roles: readonly Role[] }
    | { readonly kind: 'external'; readonly personId: string };
}

export type ViewAnswer = { readonly kind: 'allowed'; readonly view: View } | Refused | { readonly kind: 'missing' };

export async function openView(needs: ViewNeeds, asked: ViewAsked): Promise<ViewAnswer> {
  const viewer = await viewerOf(needs.records, asked.viewer);
  return untilWritten(async () => {
    const image = await needs.records.get(images, asked.imageId);
    if (!image || (!image.stored && image.state !== 'destroyed')) return { kind: 'missing' };
    const at = needs.now();
    const policy = xrayPolicyAt(at);
    const caseNumber = caseNumberOf(asked.caseNumber);
    const who = whoMayView(
      {
        viewer,
        purpose: asked.purpose,
        need: asked.need,
        caseNumber,
        image: { imageId: image.id, caseNumber: image.filed.caseNumber },
      },
      policy,
      at,
    );
    // What is not on the rule's list is no harmless operation, and the rule refuses it.
    const what = whatMayBeDoneToAnImage({ operation: asked.operation as ImageOperation }, policy, at);
    const because = [
      ...(image.stored ? [] : [gone(policy)]),
      ...(who.kind === 'refused' ? who.because : []),
      ...(what.kind === 'refused' ? what.because : []),
    ];
    const told = { subject: keyOf('image', image.id), edition: policy.edition.id };
    const by = { kind: 'kind' in asked.viewer ? 'external' : 'person', id: asked.viewer.personId } as const;
    const use = asked.operation === 'view' || asked.operation === 'download' ? asked.operation : undefined;

    if (!image.stored || who.kind === 'refused' || what.kind === 'refused' || !use) {
      const clauses = [...new Set(because.map(({ clause }) => clause))];
      await needs.records.write({
        at,
        by,
        puts: [],
        tells: [
          {
            ...told,
            act: 'image view refused',
            clauses,
            facts: { operation: use ?? 'another', fields: because.map(({ field }) => field) },
          },
        ],
      });
      return { kind: 'refused', because };
    }
    const view: View = {
      id: needs.newViewId(),
      version: 0,
      imageId: image.id,
      personId: asked.viewer.personId,
      purpose: who.purpose,
      need: asked.need.trim(),
      caseNumber,
      use,
      at,
      until: plusMinutes(at, policy.house.minutesALinkIsOpen.minutes),
    };
    await needs.records.write({
      at,
      by,
      puts: [put(views, view)],
      tells: [
        {
          ...told,
          act: use === 'view' ? 'image viewed' : 'image download allowed',
          clauses: [...who.clauses, ...what.clauses],
          facts: { view: view.id, purpose: who.purpose, until: view.until, sha256: image.stored.sha256 },
        },
      ],
    });
    return { kind: 'allowed', view };
  });
}

async function viewerOf(records: Records, viewer: ViewAsked['viewer']): Promise<ViewFacts['viewer']> {
  if ('kind' in viewer) return { kind: 'external' };
  return { kind: 'member', active: viewer.active, roles: viewer.roles, dutyCases: await dutyCasesOf(records, viewer) };
}
