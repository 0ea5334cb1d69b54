/**
 * Puts one question to the policy twice: when an image is filed, with what its uploader says, and when its file has
 * arrived, with what the file turned out to be. The same rule both times, by the edition of the filing.
 */
import { xrayPolicyInForce } from '../../policies/editions/x-ray.ts';
import type { Policy } from '../../policies/editions/edition.ts';
import { FactMalformed } from '../../policies/faults.ts';
import { instantOf, type Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  whatFileMayBeKept,
  type FileFacts,
  type FileRuling,
  type Finding as RuledFinding,
} from '../../policies/rules/what-file-may-be-kept.ts';
import type { Deployment } from '../deployment/contract.ts';
import type { ContentKind, Finding, FindingKind } from './content/finding.ts';
import type { Inspection } from './content/inspect.ts';
import type { FiledDraft } from './contract.ts';

export interface FileToJudge {
  readonly imageId: string;
  readonly filed: FiledDraft;
  readonly uploader: { readonly active: boolean; readonly roles: readonly string[] };
  /** Undefined when there is none that began. */
  readonly deployment: Deployment | undefined;
  readonly overwrittenOnDevice: boolean;
  readonly uploadedAt: Instant;
  /** What arrived; absent at the filing, when what is declared stands for it. */
  readonly arrived?: Pick<Inspection, 'contentKind' | 'findings'> & { readonly bytes: number; readonly sha256: string };
}

/** The policy in force for mobile x-ray; FactMalformed for a time before its first edition. */
export function xrayPolicyAt(at: Instant): Policy {
  const policy = xrayPolicyInForce(at);
  if (!policy) throw new FactMalformed(`no edition of the mobile x-ray policy was in force at ${at}; check the clock`);
  return policy;
}

export function judgeFile(file: FileToJudge, policy: Policy): FileRuling {
  const { filed, deployment, arrived } = file;
  const facts: FileFacts = {
    ...filed,
    imageId: file.imageId,
    contentKind: arrived?.contentKind ?? filed.declaredKind,
    bytes: arrived?.bytes ?? filed.bytes ?? 1,
    sha256Matches: !arrived || !filed.sha256 || filed.sha256 === arrived.sha256,
    findings: (arrived?.findings ?? []).flatMap(({ kind }) => RULED[kind] ?? []),
    uploader: { kind: 'person', ...file.uploader },
    uploadedAt: file.uploadedAt,
    overwrittenOnDevice: file.overwrittenOnDevice,
    ...(deployment?.startedAt && {
      deployment: {
        deploymentId: deployment.id,
        deviceId: deployment.deviceId,
        // The form knows minutes: a download in the minute of the start counts as after it.
        startsAt: instantOf(`${deployment.startedAt.slice(0, 16)}Z`),
        endsAt: deployment.endedAt ?? file.uploadedAt,
      },
    }),
  };
  const ruling = whatFileMayBeKept(facts, policy, file.uploadedAt);
  const unreadable = (arrived?.findings ?? []).flatMap((finding) => unreadableAs(finding, policy));
  if (unreadable.length === 0) return ruling;
  return { kind: 'refused', because: [...(ruling.kind === 'refused' ? ruling.because : []), ...unreadable] };
}

/**
 * A picture that is damaged may be kept as an opaque original, by its hash, when its uploader declares it so: what is
 * left of it is evidence too. Everything in it has been looked for all the same.
 */
export function asDeclared(inspection: Inspection, declaredKind: ContentKind): Inspection {
  const damaged = inspection.findings.some(({ kind }) => kind === 'broken');
  if (declaredKind !== 'opaque' || !damaged) return inspection;
  return {
    ...inspection,
    contentKind: 'opaque',
    findings: inspection.findings.filter(({ kind }) => kind !== 'broken'),
  };
}

/** What the rule calls the things the parsers find. */
const RULED: Readonly<Partial<Record<FindingKind, RuledFinding>>> = {
  location: 'gps',
  plate: 'plate-data',
  audio: 'audio',
  video: 'video',
  thermal: 'thermal',
  biometric: 'biometric',
};

function unreadableAs({ kind, where }: Finding, { house }: Policy): readonly Refusal[] {
  if (kind !== 'broken' && kind !== 'uncheckable') return [];
  const todo =
    kind === 'broken'
      ? 'copy it from the medium again and upload that; if it stays so, file it as an opaque original'
      : 'ask the records officer; what cannot be checked is not kept';
  return [
    {
      clause: house.fileKinds.id,
      field: 'file',
      found: where,
      expected: 'a file that can be read from its beginning to its end',
      todo,
    },
  ];
}
