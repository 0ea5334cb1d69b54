/** The commander answers for proper use, and the request closes: the last line of a deployment's log. */
import type { Instant } from '../../policies/instant.ts';
import type { Refusal, Ruling } from '../../policies/ruling.ts';
import { deploymentClose } from '../../policies/rules/deployment-close.ts';
import { images, type Image } from '../image/contract.ts';
import { put } from '../records/change.ts';
import { sha256 } from '../records/canonical.ts';
import { keyOf } from '../records/entity.ts';
import type { Person } from '../records/standing.ts';
import { policyFor, type DeploymentNeeds } from './assign-deployment.ts';
import { diaries, diaryOf, type Deployment } from './contract.ts';
import { onRecord, refusal, tooLong, write, type Logged } from './deployment-log.ts';

export interface Closing {
  readonly deploymentId: string;
  readonly person: Pick<Person, 'id' | 'active' | 'uniformed' | 'rank' | 'bureau' | 'roles'>;
  readonly proper: boolean;
  readonly statement: string;
  readonly misuseReportId?: string;
}

/** The commander answers for proper use, and the request closes. */
export async function closeDeployment(needs: DeploymentNeeds, given: Closing): Promise<Logged> {
  const found = await onRecord(needs, given.deploymentId);
  if ('kind' in found) return found;
  const { deployment, request } = found;
  if (deployment.state !== 'under-way')
    return refusal(
      'XR26-USE-10',
      'state',
      `a deployment that is ${deployment.state}`,
      'one that is under way and ended',
      'look at its log',
    );
  const now = needs.now();
  const [filed, device, person] = await Promise.all([
    imagesOf(needs.records, request.id),
    needs.records.get(diaries, diaryOf('device', deployment.deviceId)),
    needs.records.get(diaries, diaryOf('person', deployment.operatorId)),
  ]);
  const fates = filed
    .filter(({ state }) => state !== 'lapsed')
    .map(({ state }) => (state === 'kept' || state === 'refused' ? state : ('waiting' as const)));
  const ruling = closeRuling(deployment, given, fates, policyFor(request), now);
  const because: Refusal[] = [
    ...(given.statement.trim().length < 3
      ? [
          {
            clause: 'XR26-USE-10',
            field: 'statement',
            found: 'nothing',
            expected: 'a few words',
            todo: 'say what you looked at',
          },
        ]
      : []),
    ...tooLong('XR26-USE-10', given, ['statement', 'misuseReportId']),
    ...(ruling.kind === 'refused'
      ? ruling.because.map((one) => ({ ...one, field: FORM_FIELD[one.field] ?? one.field }))
      : []),
  ];
  if (ruling.kind === 'refused' || because.length > 0) return { kind: 'refused', because };
  const misuseReportId = given.proper ? undefined : given.misuseReportId?.trim();
  const properUse = {
    confirmed: given.proper,
    statement: given.statement.trim(),
    ...(misuseReportId && { misuseReportId }),
    by: given.person.id,
    at: now,
  };
  const freed = [device, person].flatMap((diary) =>
    diary
      ? [put(diaries, { ...diary, bookings: diary.bookings.filter(({ requestId }) => requestId !== request.id) })]
      : [],
  );
  const subject = keyOf('use-request', request.id);
  return write(
    needs,
    { ...deployment, state: 'closed', properUse, closedAt: now },
    given.person.id,
    now,
    {
      act: given.proper ? 'deployment closed' : 'deployment closed as not proper',
      clauses: ruling.clauses,
      facts: {
        statement: sha256(properUse.statement),
        images: fates.length,
        proper: given.proper,
        ...(misuseReportId && { misuseReport: sha256(misuseReportId) }),
      },
    },
    request,
    { state: 'closed', endedAt: now, step: 'Request closed' },
    {
      puts: freed,
      notes: [{ kind: 'wake', waiting: { on: subject, for: 'deployment' }, output: { kind: 'closed' } }],
      mails: [
        {
          kind: 'request-closed',
          to:
            request.askedBy.kind === 'member'
              ? { personId: request.askedBy.personId }
              : { address: request.askedBy.liaisonEmail },
          about: subject,
          subject,
        },
      ],
    },
  );
}

/** The rule's field names and the form's, where they differ. */
const FORM_FIELD: Readonly<Record<string, string>> = { 'confirmation.misuseReportId': 'misuseReportId' };

async function imagesOf(records: DeploymentNeeds['records'], requestId: string): Promise<readonly Image[]> {
  const filed: Image[] = [];
  let from: string | undefined;
  do {
    const listing = await records.ofSubject(images, keyOf('use-request', requestId), from ? { from } : {});
    filed.push(...listing.records);
    from = listing.next;
  } while (from);
  return filed;
}

function closeRuling(
  deployment: Deployment,
  given: Closing,
  fates: readonly ('kept' | 'refused' | 'waiting')[],
  policy: Parameters<typeof deploymentClose>[1],
  now: Instant,
): Ruling {
  return deploymentClose(
    {
      deploymentId: deployment.id,
      startedAt: deployment.startedAt!,
      ...(deployment.endedAt && { endedAt: deployment.endedAt }),
      commanderId: deployment.commanderId,
      confirmation: {
        by: { ...given.person, personId: given.person.id },
        proper: given.proper,
        ...(given.misuseReportId && { misuseReportId: given.misuseReportId }),
      },
      imagesDownloaded: deployment.imagesDownloaded ?? 0,
      images: fates,
      custody: deployment.custody.map(({ from, to }) => ({
        custodian: 'member' as const,
        from,
        ...(to && { until: to }),
      })),
    },
    policy,
    now,
  );
}
