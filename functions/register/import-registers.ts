/**
 * Puts on file what the department has on file already, by the same acts as the pages. Each entry has an id of its own,
 * so that it is safe to run again: what is on file under its id is left as it is.
 *
 * An entry says who keeps it: somebody on record who may keep the registers, and for a designation holds the office.
 *
 * Throws  FactMalformed naming the entry and its fields. What came before it is on file by then; correct and run again
 */
import * as z from 'zod/mini';
import { FactMalformed } from '../../policies/faults.ts';
import { persons } from '../records/standing.ts';
import type { Actor } from '../records/ledger.ts';
import type { Keeper, Refused, RegisterNeeds } from './needs.ts';
import type { Filing } from './put-on-file.ts';
import { recordAccess } from './record-access.ts';
import { recordAgreement } from './record-agreement.ts';
import { recordDesignation } from './record-designation.ts';
import { recordPreApproval } from './record-pre-approval.ts';

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(4000));
const day = z._default(z.string(), '');
const filed = {
  id: z
    .string()
    .check(
      z.regex(
        /^[A-Z]{2}-[A-Za-z0-9-]{1,40}$/,
        'is no id: two capital letters, a hyphen, then letters, digits or hyphens',
      ),
    ),
  keptBy: text,
  until: day,
};
const list = <T extends z.ZodMiniType>(shape: T) => z._default(z.array(shape).check(z.maxLength(500)), []);

export const RegistersImport = z.strictObject({
  agreements: list(
    z.strictObject({ ...filed, title: text, with: text, reference: text, technologies: z.array(text), from: text }),
  ),
  preApprovals: list(z.strictObject({ ...filed, reference: text, approvedOn: text, kinds: z.array(text) })),
  designations: list(
    z.strictObject({ ...filed, title: text, why: text, covers: z.array(text), recipients: z.array(text), from: text }),
  ),
  accesses: list(
    z.strictObject({
      ...filed,
      agencyName: text,
      level: text,
      technology: text,
      newJersey: z._default(z.boolean(), false),
      system: text,
      reaches: text,
      extent: text,
      from: text,
      agreementId: day,
      terms: z._default(z.array(text), []),
      /** Whether anyone who uses it enforces immigration law for the federal government. Never yes for what is kept. */
      agencyEnforces: z.literal(false),
      existing: z._default(z.boolean(), false),
    }),
  ),
  by: text,
});
export type RegistersImport = z.infer<typeof RegistersImport>;

type Entry = { readonly id: string; readonly keptBy: string };

export async function importRegisters(
  needs: RegisterNeeds,
  given: RegistersImport,
): Promise<{ readonly onFile: number }> {
  const actor: Actor = { kind: 'system', id: 'import-registers' };
  const one = async (
    where: string,
    entry: Entry,
    act: (filing: Filing) => Promise<Refused | { readonly kind: 'done' }>,
  ) => {
    const done = await act({ id: entry.id, actor, person: await keeperOf(needs, where, entry.keptBy) });
    if (done.kind === 'done') return;
    const { because } = done as Refused;
    const said = because.map(
      ({ clause, field, found, expected }) => `${field}: found ${found}, expected ${expected} (${clause})`,
    );
    throw new FactMalformed(`${where} ${entry.id} cannot be put on file: ${said.join('; ')}; correct it and run again`);
  };
  const { agreements, preApprovals, designations, accesses } = given;
  for (const entry of agreements)
    await one('agreements', entry, (filing) => recordAgreement(needs, { given: entry, ...filing }));
  for (const entry of preApprovals)
    await one('preApprovals', entry, (filing) =>
      recordPreApproval(needs, { given: { single: '', ...entry }, ...filing }),
    );
  for (const entry of designations)
    await one('designations', entry, (filing) => recordDesignation(needs, { given: entry, ...filing }));
  for (const entry of accesses)
    await one('accesses', entry, (filing) =>
      recordAccess(needs, { given: { immigration: 'no', otherPurpose: '', ...entry }, ...filing }),
    );
  return { onFile: [agreements, preApprovals, designations, accesses].reduce((sum, { length }) => sum + length, 0) };
}

async function keeperOf({ records }: RegisterNeeds, where: string, personId: string): Promise<Keeper> {
  const person = await records.get(persons, personId);
  if (!person) throw new FactMalformed(`${where}: keptBy names nobody on record; import the person first`);
  const { roles, active, bureau } = person;
  return { personId, roles, active, bureau };
}
