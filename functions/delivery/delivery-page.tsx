/** A delivery as members see it: where it stands, what was opened and when, and the package to hand over. */
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import {
  Actions,
  Countdown,
  ErrorSummary,
  Facts,
  FormSecret,
  Moment,
  Notice,
  Submit,
  Tag,
  Timeline,
  type TagKind,
  type TimelineEntry,
} from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import type { Delivery, DeliveryState } from './contract.ts';
import { standingOf } from './find-delivery.ts';
import { pathOf } from './names.ts';
import { sizeText } from './sizes.ts';
import type { Seen } from './take-out-package.ts';

const STATES: Readonly<Record<DeliveryState, readonly [words: string, kind: TagKind]>> = {
  sealing: ['being sealed', 'waiting'],
  open: ['waiting for its recipient', 'waiting'],
  received: ['received', 'good'],
  expired: ['not collected in time', 'plain'],
  revoked: ['taken back', 'bad'],
};

export function DeliveryPage(
  props: Seen & {
    readonly visitor: Visitor;
    readonly now: Instant;
    readonly refusals?: readonly Refusal[] | undefined;
  },
) {
  const { delivery, disclosure, visitor, now, refusals } = props;
  const [words, kind] = STATES[delivery.state];
  const isOpen = standingOf(delivery, disclosure, now).kind === 'open';
  const { seal, to } = delivery;
  return (
    <>
      <ErrorSummary refusals={refusals ?? []} fields={[]} />
      <Facts
        items={[
          ['State', <Tag kind={kind}>{words}</Tag>],
          isOpen && ['Can be collected', <Countdown until={delivery.closesAt} now={now} />],
          ['To', [to.name, to.organization, to.email].filter(Boolean).join(', ')],
          ['Way', delivery.way === 'page' ? 'A page behind a link and a one-time code' : 'A sealed package'],
          ['Links sent', delivery.links.length],
          ['One-time codes sent', delivery.codesAsked],
          ['Attempts refused', delivery.attemptsRefused ?? 0],
          delivery.receipt && ['Receipt', `${delivery.receipt.name}`],
          seal && ['SHA-256 of the package', <code>{seal.package.sha256}</code>],
          seal && ['Size of the package', sizeText(seal.package.bytes)],
          seal && ['SHA-256 of the signing key', <code>{seal.keySha256}</code>],
        ]}
      />
      {isOpen && seal && (
        <>
          <h2>Hand it over on a disc</h2>
          <p>
            The package is encrypted. Its passphrase is shown to the recipient alone, behind the link and the code, and
            to no member.
          </p>
          <form method="post" action={`/deliveries/${encodeURIComponent(delivery.id)}`} class="pa-form">
            <FormSecret visitor={visitor} />
            <Actions>
              <Submit kind="outline">Download the package</Submit>
            </Actions>
          </form>
        </>
      )}
      {delivery.state === 'revoked' && (
        <Notice kind="warning">
          <p>What was opened before it was taken back cannot be called back. The recipient was told to destroy it.</p>
        </Notice>
      )}
      <h2>What is in it</h2>
      <Facts items={filesIn(delivery)} />
      <h2>What happened</h2>
      <Timeline entries={storyOf(delivery)} />
    </>
  );
}

const filesIn = (delivery: Delivery) => [
  ...delivery.files.map(
    (file) =>
      [
        file.label,
        <>
          {pathOf(delivery, file)}, {sizeText(file.file.bytes)}
          <br />
          SHA-256 <code>{file.file.sha256}</code>
        </>,
      ] as const,
  ),
  ...delivery.counts.map(({ label, text }) => [label, text] as const),
];

function storyOf(delivery: Delivery): readonly TimelineEntry[] {
  const labelOf = (what: string): string =>
    what === 'package'
      ? 'Package downloaded'
      : what === 'passphrase'
        ? 'Passphrase shown'
        : `Opened: ${delivery.files.find(({ enclosureId }) => enclosureId === what)?.label ?? what}`;
  const recipient = 'the recipient';
  const entries: readonly (TimelineEntry & { readonly at: Instant })[] = [
    { at: delivery.madeAt, what: 'Released' },
    ...(delivery.seal ? [{ at: delivery.seal.sealedAt, what: 'Package sealed' }] : []),
    ...delivery.links.map(({ sentAt }) => ({ at: sentAt, what: 'Link sent' })),
    ...delivery.openings.map(({ what, at }) => ({ at, what: labelOf(what), who: recipient })),
    ...(delivery.takenOut ?? []).map(({ by, at }) => ({ at, what: 'Package taken out to be handed over', who: by })),
    ...(delivery.receipt ? [{ at: delivery.receipt.at, what: 'Received', who: delivery.receipt.name }] : []),
    ...(delivery.endedAt && delivery.state !== 'received'
      ? [{ at: delivery.endedAt, what: STATES[delivery.state][0] }]
      : []),
  ];
  const done = entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return delivery.state === 'open'
    ? [
        ...done,
        {
          what: 'The recipient confirms the receipt',
          state: 'ahead' as const,
          detail: <Ends at={delivery.closesAt} />,
        },
      ]
    : done;
}

function Ends({ at }: { at: Instant }) {
  return (
    <>
      At the latest <Moment at={at} />
    </>
  );
}
