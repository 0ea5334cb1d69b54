/** What a recipient sees outside the list of files: the door with its code, and what is said when nothing opens. */
import { HOUSE } from '../../policies/editions/house.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import { Actions, Countdown, ErrorSummary, errorOf, FormSecret, Notice, Submit, TextField } from '../edge/fields.tsx';

/** The first page behind the link. It names nobody and nothing: a link may be read by a machine, or by somebody else. */
export function DoorPage(props: {
  readonly door: string;
  readonly secret: string;
  readonly closesAt: Instant;
  readonly now: Instant;
  /** Whether this browser asked for the last code. */
  readonly asked: boolean;
  readonly visiting: boolean;
  readonly refusals?: readonly Refusal[] | undefined;
}) {
  const { door, secret, closesAt, now, asked, visiting, refusals } = props;
  return (
    <>
      <ErrorSummary refusals={refusals ?? []} fields={asked ? ['code'] : []} />
      <p class="pa-lead">
        <Countdown until={closesAt} now={now} />
      </p>
      {visiting && (
        <p>
          <a class="usa-button" href={`${door}/files`}>
            Go on where you were
          </a>
        </p>
      )}
      {asked ? (
        <form method="post" action={`${door}/enter`} class="pa-form" novalidate>
          <FormSecret secret={secret} />
          <h2>Enter the code</h2>
          <p>
            A mail with a one-time code is on its way to the address that the link was sent to. It works for{' '}
            {HOUSE.minutesACodeIsGood.minutes} minutes, once, in this browser.
          </p>
          <TextField
            name="code"
            label="One-time code"
            hint="Eight digits. Blanks do not matter."
            required
            inputmode="numeric"
            autocomplete="one-time-code"
            width="md"
            maxlength={20}
            error={errorOf(refusals, 'code')}
          />
          <Actions>
            <Submit>Open</Submit>
          </Actions>
        </form>
      ) : (
        <p>
          To open it, have a one-time code sent to the address that this link was sent to. You enter it on this page, in
          this browser.
        </p>
      )}
      <form method="post" action={`${door}/code`} class="pa-form">
        <FormSecret secret={secret} />
        {asked && <h2>No mail?</h2>}
        {asked && <p>Look in the folder for unwanted mail. A new code makes the one before it worthless.</p>}
        <Actions>
          <Submit kind={asked ? 'outline' : 'primary'}>{asked ? 'Send another code' : 'Send me a code'}</Submit>
        </Actions>
      </form>
    </>
  );
}

/** For a link that never was one, that is over, was taken back or was used to the end: the same words for each. */
export function NothingPage() {
  return (
    <>
      <p class="pa-lead">
        It may be cut off or mistyped, its time may be over, what it led to may have been received already, or the
        department may have taken it back.
      </p>
      <h2>What to do</h2>
      <ul class="usa-list">
        <li>Open the link from the newest mail again, whole. Some mail programs break a long link in two.</li>
        <li>
          If that does not help, call the member of the department you are in touch with, and name the number that
          stands in the subject of the mail. They can see what became of it, and send a new link.
        </li>
        <li>If you do not expect anything from the department, delete the mail.</li>
      </ul>
    </>
  );
}

export function OverPage({ door }: { door: string }) {
  return (
    <>
      <p class="pa-lead">
        An address for one file works for {HOUSE.minutesALinkIsOpen.minutes} minutes, and until the next file is opened.
      </p>
      <p>
        <a class="usa-button" href={`${door}/files`}>
          Back to the list
        </a>
      </p>
    </>
  );
}

export function PassphrasePage({ door, passphrase }: { door: string; passphrase: string }) {
  return (
    <>
      <p class="pa-lead">
        <code class="pa-code">{passphrase}</code>
      </p>
      <p>
        Type it with its hyphens into a program that opens ZIP files with AES-256, such as 7-Zip, WinZip or Keka. Keep
        it apart from the package: whoever has both can read it.
      </p>
      <Notice>
        <p>That it was shown to you is on record, with the time. It is shown again when you ask again.</p>
      </Notice>
      <p>
        <a class="usa-button usa-button--outline" href={`${door}/files`}>
          Back to the list
        </a>
      </p>
    </>
  );
}

export function ReceivedPage() {
  return (
    <Notice kind="success" heading="Thank you">
      <p>The department has your receipt. The link you came by opens nothing any more.</p>
      <p>The terms you confirmed stay in force for what you received.</p>
    </Notice>
  );
}
