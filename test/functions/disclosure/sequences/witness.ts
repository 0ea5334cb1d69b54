/**
 * Sees everything that is written and remembers, in a log of its own, what was truly typed, enclosed, approved, declined,
 * withdrawn, revoked and ended. It never asks the rules, and reads of a record only where it stands and what leaves. At
 * the first thing that must never be, it throws.
 */
import { keptOf, type Answer, type Decision } from '../../../../functions/decision/contract.ts';
import type { Delivery } from '../../../../functions/delivery/contract.ts';
import type { Disclosure, DisclosureState } from '../../../../functions/disclosure/contract.ts';
import type { DisclosureAskedDraft } from '../../../../functions/disclosure/open-disclosure.ts';
import { sha256 } from '../../../../functions/records/canonical.ts';
import { plusHours, type Instant } from '../../../../policies/instant.ts';
import type { Book } from './book.ts';
import { contentOf, wrongWith, type Account, type Enclosed } from './lawful-release.ts';

const ENDS: readonly DisclosureState[] = [
  'received',
  'not-collected',
  'revoked',
  'refused',
  'declined',
  'withdrawn',
  'lapsed',
];
const AFTER_RELEASE: readonly DisclosureState[] = ['released', 'received', 'not-collected', 'revoked'];
const HOURS_OPEN = 14 * 24;

interface Story extends Account {
  state: DisclosureState;
  /** Why it may not be released, or nothing be had by it, ever again. */
  over?: string;
  releasedAt?: Instant;
  deliveryId?: string;
  deliveryState?: Delivery['state'];
}

/** What an officer was shown, when it was put together. */
interface Shown {
  readonly story: Story;
  readonly draft: DisclosureAskedDraft;
  readonly enclosed: ReadonlyMap<string, Enclosed>;
  readonly parts: Decision['shown'];
  answer?: Answer;
}

export interface Given {
  readonly decisionId: string;
  readonly by: string;
  readonly answer: Answer;
  readonly kept?: readonly string[] | undefined;
  /** What the answer came with. */
  readonly shownHash: string;
  readonly at: Instant;
}

export class Witness {
  readonly book: Book;
  readonly stories = new Map<string, Story>();
  readonly #shown = new Map<string, Shown>();
  /** What happened at least once, for who wonders whether a sequence came anywhere. */
  readonly marks = new Set<string>();

  constructor(book: Book) {
    this.book = book;
  }

  opened(id: string, requesterId: string, draft: DisclosureAskedDraft): void {
    if (this.stories.has(id)) return;
    this.stories.set(id, { id, requesterId, draft, enclosed: new Map(), approvals: [], state: 'preparing' });
  }

  changed(id: string, draft: DisclosureAskedDraft): void {
    this.#story(id).draft = draft;
  }

  enclosed(id: string, enclosureId: string, what: Enclosed): void {
    const story = this.#story(id);
    story.enclosed = new Map([...story.enclosed, [enclosureId, what]]);
  }

  leftOut(id: string, enclosureId: string): void {
    const story = this.#story(id);
    story.enclosed = new Map([...story.enclosed].filter(([one]) => one !== enclosureId));
  }

  /** An officer's answer that was taken. */
  answered({ decisionId, by, answer, kept, shownHash, at }: Given): void {
    const shown = this.#shown.get(decisionId);
    if (!shown) throw new Error(`decision ${decisionId} was answered and never asked`);
    const { story, parts } = shown;
    if (!this.book.holdsOffice(by, at)) this.#never(story, `${by}, who holds no office, decided`);
    if (by === story.requesterId) this.#never(story, 'its requester decided');
    if (shownHash !== sha256(parts)) this.#never(story, 'something else was decided than was shown');
    if (story.over) this.#never(story, `it was ${story.over}, and is decided`);
    if (shown.answer) this.#never(story, `decision ${decisionId} was answered twice`);
    shown.answer = answer;
    this.marks.add(answer);
    if (answer === 'decline') this.over(story.id, 'declined');
    if (answer !== 'approve') return;
    const isKept = ([id]: readonly [string, Enclosed]) => !kept || kept.includes(id);
    const enclosed = new Map([...shown.enclosed].filter(isKept));
    const content = contentOf({ draft: shown.draft, enclosed });
    if (story.approvals.some((one) => one.content !== content)) this.marks.add('approved anew');
    story.approvals = [...story.approvals, { content, shownHash: sha256(keptOf(parts, kept)) }];
    if (enclosed.size < shown.enclosed.size) this.marks.add('narrowed');
    // What was left out is out for good, whatever its requester does next.
    story.enclosed = new Map([...story.enclosed].filter(isKept));
  }

  /** From now on it may not be released, and nothing may be had by it. */
  over(id: string, why: string): void {
    this.marks.add(why);
    this.#story(id).over ??= why;
  }

  sawDisclosure({ id, state, release }: Disclosure, now: Instant): void {
    const story = this.#story(id);
    const was = story.state;
    if (ENDS.includes(was) && state !== was) this.#never(story, `it was ${was} and is ${state}`);
    if (story.releasedAt && !AFTER_RELEASE.includes(state)) this.#never(story, `it was released and is ${state}`);
    if (!release && AFTER_RELEASE.includes(state)) this.#never(story, `it is ${state} and was not released`);
    if (release && !story.releasedAt) {
      if (story.over) this.#never(story, `it was ${story.over}, and is released`);
      const wrong = wrongWith(story, release.shownHash, this.book, now);
      if (wrong.length > 0) this.#never(story, `it is released, and ${wrong.join('; ')}`);
      story.releasedAt = now;
      this.marks.add(`released ${story.draft.basis?.ground ?? 'none'}`);
      if (this.marks.has('narrowed')) this.marks.add('released what was narrowed');
    }
    story.state = state;
    if (ENDS.includes(state)) this.over(id, state);
  }

  /** What is shown is what is there when it is put together. */
  sawDecision({ id, on, shown: parts }: Decision): void {
    if (this.#shown.has(id)) return;
    const story = this.#story(on.slice(on.indexOf('#') + 1));
    const shownIds = parts.flatMap((part) => (part.id === undefined ? [] : [part.id]));
    if (!isSame(shownIds, story.enclosed.keys()))
      this.#never(story, 'an officer is shown something else than it holds');
    this.#shown.set(id, { story, draft: story.draft, enclosed: story.enclosed, parts });
  }

  sawDelivery({ id, disclosureId, state, files, counts, to }: Delivery): void {
    const story = this.#story(disclosureId);
    if ((story.deliveryId ?? id) !== id) this.#never(story, 'it has two deliveries');
    if (!story.releasedAt) this.#never(story, 'it has a delivery and was not released');
    const { name, organization, email } = story.draft.addressee;
    if (to.name !== name || to.organization !== organization || to.email !== email)
      this.#never(story, 'it is delivered to somebody else');
    if (
      !isSame(
        [...files, ...counts].map(({ enclosureId }) => enclosureId),
        story.enclosed.keys(),
      )
    )
      this.#never(story, 'something else is delivered than may leave');
    story.deliveryId = id;
    story.deliveryState = state;
  }

  /** A change is written whole: then no delivery is open whose disclosure is over. */
  sawAll(): void {
    for (const story of this.stories.values())
      if (story.over && (story.deliveryState === 'open' || story.deliveryState === 'sealing'))
        this.#never(story, `it is ${story.over}, and its delivery is ${story.deliveryState}`);
  }

  /** Somebody with the link had something of it: a code, a visit, a file. */
  had(id: string, what: string, now: Instant): void {
    const story = this.#story(id);
    if (!story.releasedAt) this.#never(story, `a ${what} was had before its release`);
    if (story.over) this.#never(story, `a ${what} was had after it was ${story.over}`);
    if (now >= plusHours(story.releasedAt!, HOURS_OPEN)) this.#never(story, `a ${what} was had after its time`);
    this.marks.add(`had ${what}`);
  }

  openedFile(id: string, enclosureId: string, now: Instant): void {
    const story = this.#story(id);
    this.had(id, 'file', now);
    if (!story.enclosed.has(enclosureId)) this.#never(story, `${enclosureId} was opened, which may not leave`);
  }

  #story(id: string): Story {
    const story = this.stories.get(id);
    if (!story) throw new Error(`disclosure ${id} was never opened`);
    return story;
  }

  #never({ id }: Story, what: string): never {
    throw new Error(`disclosure ${id}: ${what}`);
  }
}

const isSame = (ids: readonly string[], others: Iterable<string>): boolean =>
  ids.toSorted().join() === [...others].toSorted().join();
