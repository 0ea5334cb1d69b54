/** How what was released reached its recipient: every opening, the receipt, and the report of an exigent release. */
import { Facts, Moment, Nothing, Timeline } from '../edge/fields.tsx';
import type { Delivery, DeliveryState } from '../delivery/contract.ts';
import { isTended, type DisclosureView } from './disclosure-view.ts';
import { labelIn, WAYS } from './labels.ts';

const STATE: Readonly<Record<DeliveryState, string>> = {
  sealing: 'The package is being sealed',
  open: 'Open for the recipient',
  received: 'Received',
  expired: 'Its time is over',
  revoked: 'Revoked',
};

export function DeliveryFacts(view: DisclosureView) {
  const { delivery, report } = view;
  if (!delivery) return null;
  const { seal, receipt } = delivery;
  return (
    <section>
      <h2>Delivery</h2>
      <Facts
        items={[
          ['Delivery', isTended(view) ? <a href={`/deliveries/${delivery.id}`}>{delivery.id}</a> : delivery.id],
          ['Way', labelIn(WAYS, delivery.way)],
          ['State', STATE[delivery.state]],
          ['Open until', <Moment at={delivery.closesAt} />],
          ['Links sent', delivery.links.length === 0 ? 'None yet' : String(delivery.links.length)],
          seal && ['SHA-256 of the package', <code>{seal.package.sha256}</code>],
          receipt && [
            'Receipt',
            <>
              {receipt.name}, <Moment at={receipt.at} />
            </>,
          ],
          report && [
            'Report to the Chief Privacy Officer',
            report.deliveredAt ? (
              <>
                Delivered <Moment at={report.deliveredAt} />
              </>
            ) : report.undeliverableAt ? (
              'It could not be delivered'
            ) : report.sentAt ? (
              <>
                Sent <Moment at={report.sentAt} />
              </>
            ) : (
              'Ordered, not yet sent'
            ),
          ],
        ]}
      />
      <h3>What was opened</h3>
      <Openings delivery={delivery} />
    </section>
  );
}

const OTHERS: Readonly<Record<string, string>> = {
  package: 'The sealed package',
  passphrase: 'The passphrase of the package',
};

function Openings({ delivery }: { delivery: Delivery }) {
  if (delivery.openings.length === 0)
    return <Nothing>Each time the recipient opens something, it appears here.</Nothing>;
  const label = (what: string): string =>
    delivery.files.find(({ enclosureId }) => enclosureId === what)?.label ?? OTHERS[what] ?? what;
  return (
    <Timeline
      label="What was opened"
      entries={delivery.openings.map(({ what, at }) => ({ at, what: label(what), who: 'the recipient' }))}
    />
  );
}
