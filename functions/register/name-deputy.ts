/**
 * Names a deputy, and ends a naming. The Agency Privacy Officer does both, in office at that moment, in writing; the
 * writing is kept, the deputy's own record says that the office is held, and the ledger tells it of the person. One
 * change each, on condition that the officer's record has not moved meanwhile.
 */
import { HOUSE } from '../../policies/editions/house.ts';
import { isBefore, laterOf, nyDate } from '../../policies/instant.ts';
import { whoMayEndADeputy, whoMayNameADeputy } from '../../policies/rules/who-may-name-a-deputy.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { persons, type Person } from '../records/standing.ts';
import { untilWritten } from '../records/until-written.ts';
import { deputyNamings, type DeputyNaming } from './contract.ts';
import {
  keeperAsSigner,
  MOST_LONG,
  refused,
  signerOf,
  tooLong,
  type Keeper,
  type Refused,
  type RegisterNeeds,
} from './needs.ts';
import { putOnFile, type Filing } from './put-on-file.ts';

export interface NamingGiven {
  readonly deputyId: string;
  readonly statement: string;
  readonly from: string;
  readonly until: string;
}

const NAMING = HOUSE.deputySignsOff.id;

export async function nameDeputy(
  needs: RegisterNeeds,
  { given, ...filing }: Filing & { readonly given: NamingGiven },
): Promise<{ readonly kind: 'done'; readonly naming: DeputyNaming } | Refused> {
  const { records } = needs;
  const { deputyId, statement } = given;
  const done = await putOnFile(needs, { kind: deputyNamings, prefix: 'DN', filing }, async (namingId, at) => {
    const { signer: officer, record } = await keeperAsSigner(records, filing.person);
    const person = deputyId ? await records.get(persons, deputyId) : undefined;
    const ruling = whoMayNameADeputy(
      { ...given, officer, ...(person && { deputy: signerOf(person) }) },
      { house: HOUSE },
      at,
    );
    const because = [
      ...tooLong(NAMING, { statement: [statement, MOST_LONG] }),
      ...(ruling.kind === 'refused' ? ruling.because : []),
    ];
    if (ruling.kind === 'refused' || because.length > 0 || !person || !record) return refused(because);
    const { clauses, heldFrom, heldUntil } = ruling;
    const held = { heldFrom, ...(heldUntil && { heldUntil }) };
    const days = { from: nyDate(heldFrom), ...(heldUntil && { until: nyDate(heldUntil) }) };
    return {
      kind: 'made',
      record: { deputyId, statement, ...held, ...days },
      puts: [put(persons, { ...person, privacyOffice: { office: 'deputy', namedBy: record.id, namingId, ...held } })],
      tell: { act: 'deputy named', clauses, facts: { deputy: deputyId, statement: sha256(statement), ...held } },
      also: keyOf('person', deputyId),
      unchanged: [{ key: keyOf('person', record.id), version: record.version }],
    };
  });
  return done.kind === 'done' ? { kind: 'done', naming: done.record } : done;
}

export function endDeputy(
  { records, now }: RegisterNeeds,
  { person, deputyId, why }: { readonly person: Keeper; readonly deputyId: string; readonly why: string },
): Promise<{ readonly kind: 'done'; readonly deputy: Person } | Refused | { readonly kind: 'missing' }> {
  return untilWritten(async () => {
    const deputy = await records.get(persons, deputyId);
    if (deputy?.privacyOffice?.office !== 'deputy') return { kind: 'missing' };
    const at = now();
    const { signer: officer, record } = await keeperAsSigner(records, person);
    const ruling = whoMayEndADeputy({ officer, why }, { house: HOUSE }, at);
    const because = [
      ...tooLong(NAMING, { why: [why, MOST_LONG] }),
      ...(ruling.kind === 'refused' ? ruling.because : []),
    ];
    if (ruling.kind === 'refused' || because.length > 0 || !record) return refused(because);
    const { privacyOffice, ...bare } = deputy;
    if (privacyOffice.heldUntil && !isBefore(at, privacyOffice.heldUntil)) return { kind: 'done', deputy };
    // A naming that has yet to begin never was: an office cannot end before it began. That nothing is held any more is
    // said all the same, or an old list would give back an office that ended before this naming.
    const begun = !isBefore(at, privacyOffice.heldFrom);
    const after: Person = begun
      ? { ...bare, privacyOffice: { ...privacyOffice, heldUntil: at } }
      : { ...bare, officeEndedAt: at };
    const { namingId } = privacyOffice;
    // None where the office came with the personnel list.
    const naming = namingId ? await records.get(deputyNamings, namingId) : undefined;
    const ended = naming && { ...naming, ended: { by: person.personId, at, why }, ...(begun && { heldUntil: at }) };
    await records.write({
      at,
      by: { kind: 'person', id: person.personId },
      puts: [put(persons, after), ...(ended ? [put(deputyNamings, ended)] : [])],
      tells: [
        {
          subject: keyOf('person', deputyId),
          act: begun ? 'deputy ended' : 'deputy ended before the naming began',
          clauses: ruling.clauses,
          facts: {
            deputy: deputyId,
            why: sha256(why),
            heldFrom: privacyOffice.heldFrom,
            heldUntil: laterOf(at, privacyOffice.heldFrom),
          },
        },
        ...(naming
          ? [{ subject: keyOf('deputy-naming', naming.id), act: 'deputy ended', clauses: ruling.clauses }]
          : []),
      ],
      // The officer's own record; of the deputy's the write itself makes sure.
      unchanged: [{ key: keyOf('person', record.id), version: record.version }],
    });
    return { kind: 'done', deputy: { ...after, version: deputy.version + 1 } };
  });
}
