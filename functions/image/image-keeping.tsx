/** How long one image is kept and why, on its page; and what is left of one that was destroyed. */
import { nyDateText } from '../../policies/instant.ts';
import { ClauseLink, Facts, Moment, Notice } from '../edge/fields.tsx';
import type { RetentionCard } from '../retention/contract.ts';

export function ImageKeeping({ card }: { card: RetentionCard | undefined }) {
  if (!card) return null;
  if (card.state === 'destroying' || card.state === 'destroyed') return <Tombstone card={card} />;
  const { keeping, lock } = card;
  return (
    <section>
      <h2>How long it is kept</h2>
      <Facts
        items={[
          ['Kept until', keeping.kind === 'until' ? nyDateText(keeping.date) : 'No date'],
          ['Class', keeping.classId],
          ['In the store', lock.legalHold ? 'Kept under legal hold' : <LockedUntil card={card} />],
        ]}
      />
      <ul class="usa-list">
        {keeping.why.map(({ text, clause, on }) => (
          <li>
            {text} {on && <>({nyDateText(on)}) </>}
            <ClauseLink id={clause} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LockedUntil({ card }: { card: RetentionCard }) {
  const { retainUntil } = card.lock;
  return retainUntil ? (
    <>
      Locked until <Moment at={retainUntil} />
    </>
  ) : (
    <>No lock</>
  );
}

function Tombstone({ card: { destroyed } }: { card: RetentionCard }) {
  if (!destroyed) return null;
  return (
    <Notice kind="warning" heading="This image was destroyed">
      <p>
        It was kept as long as the schedule asks, and then destroyed on the signatures the law asks for. Nothing of what
        it showed is left, and nobody can open it.
      </p>
      <Facts
        items={[
          ['Destroyed', <Moment at={destroyed.at} />],
          ['Class', destroyed.classId],
          ['Schedule', destroyed.scheduleId],
          ['Certificate', destroyed.certificateId],
          ['SHA-256', <code>{destroyed.sha256}</code>],
        ]}
      />
    </Notice>
  );
}
