/** The list of images: what waits for one's file, and the images of a case that is one's duty. */
import type { Instant } from '../../policies/instant.ts';
import { mayDo } from '../../policies/roles.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { ClauseLink, Countdown, Moment, Nothing, Notice, Tag, TextField } from '../edge/fields.tsx';
import type { Visitor } from '../edge/visitor.ts';
import { keyOf } from '../records/entity.ts';
import type { Records } from '../records/records.aws.ts';
import { caseLine, caseNumberOf, images, type Image } from './contract.ts';
import { STATES } from './image-page.tsx';
import { dutyCasesOf, whyNotCase } from './who-may-read.ts';

export interface Listed {
  readonly awaited: readonly Image[];
  readonly caseNumber: string;
  readonly ofCase: readonly Image[];
  readonly maySearch: boolean;
  readonly refusal?: Refusal | undefined;
  readonly now: Instant;
}

export async function listFor(
  { records, now }: { readonly records: Records; now(): Instant },
  visitor: Visitor,
  asked: string,
): Promise<Listed> {
  const at = now();
  const caseNumber = caseNumberOf(asked.slice(0, 200));
  const maySearch = mayDo(visitor.roles, 'view-image');
  const desk = await records.onDesk(keyOf('person', visitor.personId));
  const awaited = desk.flatMap(({ noun, record }) => (noun === 'image' ? [record as Image] : []));
  const refusal = maySearch && caseNumber ? whyNotCase(await dutyCasesOf(records, visitor), caseNumber, at) : undefined;
  const ids = maySearch && caseNumber && !refusal ? await records.linesOf(caseLine(caseNumber)) : [];
  const found = await Promise.all(ids.map((id) => records.get(images, id)));
  return { awaited, caseNumber, ofCase: found.filter((image) => image !== undefined), maySearch, refusal, now: at };
}

export function ImageList({ awaited, caseNumber, ofCase, maySearch, refusal, now }: Listed) {
  return (
    <>
      {refusal && (
        <Notice kind="error" heading="This case is not open to you">
          <p>
            Found {refusal.found}; expected {refusal.expected}. What to do: {refusal.todo}.{' '}
            <ClauseLink id={refusal.clause} />
          </p>
        </Notice>
      )}
      <section>
        <h2>Waiting for your file</h2>
        {awaited.length === 0 ? (
          <Nothing>Images you filed and have yet to send appear here. File one from the page of its request.</Nothing>
        ) : (
          <ul class="pa-list">
            {awaited.map((image) => (
              <li>
                <p class="pa-list__what">
                  <a href={`/images/${image.id}`}>{image.id}</a>
                </p>
                <p class="pa-list__more">Request {image.requestId}</p>
                <div class="pa-list__side">
                  <Countdown until={image.uploadEndsAt} now={now} />
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
      {maySearch && (
        <section>
          <h2>Images of a case</h2>
          <form method="get" action="/images" class="pa-form">
            <TextField
              name="case"
              label="Case or investigation number"
              required
              value={caseNumber}
              width="lg"
              type="search"
            />
            <div class="pa-actions">
              <button type="submit" class="usa-button">
                Find
              </button>
            </div>
          </form>
          {caseNumber && !refusal && (ofCase.length === 0 ? <NoRecord /> : <Found images={ofCase} />)}
        </section>
      )}
    </>
  );
}

/** XR26-RET-01: what was never downloaded cannot be got back from the device, so nobody is sent to look for it there. */
function NoRecord() {
  return (
    <p>
      No image of this case is on record. An image that was not downloaded from the monitor no longer exists: the device
      keeps none and cannot play any back. <ClauseLink id="XR26-RET-01" />
    </p>
  );
}

function Found({ images: found }: { images: readonly Image[] }) {
  return (
    <ul class="pa-list">
      {found.map((image) => (
        <li>
          <p class="pa-list__what">
            <a href={`/images/${image.id}`}>{image.id}</a>
          </p>
          <p class="pa-list__more">
            Filed <Moment at={image.filedAt} />
          </p>
          <div class="pa-list__side">
            <Tag kind={STATES[image.state][1]}>{STATES[image.state][0]}</Tag>{' '}
            {image.filed.personInImage && <Tag kind="waiting">Person visible</Tag>}
          </div>
        </li>
      ))}
    </ul>
  );
}
