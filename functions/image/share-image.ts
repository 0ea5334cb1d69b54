/**
 * Passes the case of an image on to another member, who may then read its record and ask to open it. Only those who may
 * read it themselves pass it on, only to a member whose role opens images, and only with the lawful duty it is for.
 *
 * Answers shared, refused, or missing
 * Faults  RecordsBusy, ChangedMeanwhile (retry)
 * Source  XR26-SAFE-14, SAFE-07, SAFE-08 and their 2021 twins
 */
import { mustSay } from '../../policies/clause-in.ts';
import type { Instant } from '../../policies/instant.ts';
import { mayDo, type Role } from '../../policies/roles.ts';
import { unless, type Refused } from '../../policies/ruling.ts';
import { statement } from '../../policies/rules/statement.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { directoryLine, persons } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { dutyLine, images } from './contract.ts';
import { xrayPolicyAt } from './judge-file.ts';
import { whyNotRead } from './who-may-read.ts';

export interface ShareNeeds {
  readonly records: Records;
  now(): Instant;
}

export interface ShareAsked {
  readonly imageId: string;
  readonly by: { readonly personId: string; readonly roles: readonly Role[] };
  /** The name the recipient signs in with. */
  readonly recipient: string;
  readonly dutyReason: string;
}

export function shareImage(
  { records, now }: ShareNeeds,
  asked: ShareAsked,
): Promise<{ readonly kind: 'shared' } | Refused | { readonly kind: 'missing' }> {
  return untilWritten(async () => {
    const image = await records.get(images, asked.imageId);
    if (!image?.stored) return { kind: 'missing' };
    const at = now();
    const policy = xrayPolicyAt(at);
    const confidential = mustSay(policy.edition, 'XR26-SAFE-14');
    const mayNot = await whyNotRead(records, asked.by, image, at);
    const [recipientId] = asked.recipient ? await records.linesOf(directoryLine(asked.recipient)) : [];
    const recipient = recipientId ? await records.get(persons, recipientId) : undefined;
    const because = [
      ...(mayNot ? [mayNot] : []),
      ...unless(recipient !== undefined && recipient.active && mayDo(recipient.roles, 'view-image'), {
        clause: mustSay(policy.edition, 'XR26-SAFE-08'),
        field: 'recipient',
        found: recipient ? 'a member whose role opens no images' : 'nobody of that sign-in name',
        expected: 'an active member whose role opens images',
        todo: 'check the name, or ask the system administrator for the role first',
      }),
      ...statement('dutyReason', asked.dutyReason, confidential, policy, 'say which lawful duty of theirs needs it'),
    ];
    if (because.length > 0 || !recipient) return { kind: 'refused', because };
    await records.write({
      at,
      by: { kind: 'person', id: asked.by.personId },
      puts: [
        put(images, {
          ...image,
          shares: [
            ...(image.shares ?? []),
            { personId: recipient.id, dutyReason: asked.dutyReason.trim(), by: asked.by.personId, at },
          ],
        }),
      ],
      tells: [
        {
          subject: keyOf('image', image.id),
          act: 'image shared',
          edition: policy.edition.id,
          clauses: [confidential],
          facts: { recipient: recipient.id },
        },
      ],
      lines: [{ from: dutyLine(recipient.id), to: image.filed.caseNumber }],
    });
    return { kind: 'shared' };
  });
}
