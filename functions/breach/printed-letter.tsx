/** The letter to one person, as it is printed and posted: what was disclosed, to whom, and where to ask. */
import { nyDate, nyDateText, type Instant } from '../../policies/instant.ts';
import type { Breach, PersonToTell } from './contract.ts';

export function PrintedLetter({ breach, person, now }: { breach: Breach; person: PersonToTell; now: Instant }) {
  const { letter } = breach;
  return (
    <>
      <p class="pa-no-print">
        Print this page from your browser; only the letter is printed.{' '}
        {!letter && 'What was disclosed and to whom is not written yet: it cannot be sent.'}
      </p>
      <article class="pa-sheet pa-letter" aria-label="The letter">
        <p>
          {person.minorOrNotCompetent && 'To the parent or guardian of\n'}
          {person.name}
          {'\n'}
          {person.address}
        </p>
        <p>{nyDateText(nyDate(now))}</p>
        <h2>About information concerning you</h2>
        <p>
          The law asks us to tell you that information concerning{' '}
          {person.minorOrNotCompetent ? 'the person named above' : 'you'} was disclosed when it should not have been.
        </p>
        <h3>What was disclosed</h3>
        <p>{letter?.whatWasDisclosed ?? '(not written yet)'}</p>
        <h3>To whom</h3>
        <p>{letter?.toWhom ?? '(not written yet)'}</p>
        <p>If you have a question, write to the department’s privacy officer and name {breach.id}.</p>
        <p>The Agency Privacy Officer</p>
      </article>
    </>
  );
}
