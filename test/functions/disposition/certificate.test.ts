/** What a certificate says, and that whoever checks it offline finds every change in it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { flawsOf, type CertificateFile } from '../../../functions/disposition/certificate.ts';
import { SIGNING_OFFICES, type Certificate } from '../../../functions/disposition/contract.ts';
import { textOf } from '../../../functions/disposition/disposition-pages.lambda.tsx';
import { recordsInMemory } from '../../records-in-memory.ts';
import { signer } from '../records/signer.ts';
import { RecordsOffice } from './records-office.ts';

const CASE = 'CASE-17';
let office: RecordsOffice;
let certificate: Certificate;
let file: CertificateFile;

beforeAll(async () => {
  office = new RecordsOffice(recordsInMemory());
  await office.furnish();
  await office.closedCase(CASE);
  for (let count = 0; count < 3; count++) await office.image(CASE, `X-${count}`);
  const disposition = await office.signed();
  await office.fence((fence) => ({ ...fence, holds: [{ holdId: 'H-1', cards: ['X-1'] }] }));
  await office.destroy(disposition);
  await office.settle(disposition.id);
  certificate = (await office.certificate(disposition.id))!;
  const list = (await office.files.text(certificate.list.key))!;
  file = JSON.parse(textOf(certificate, list)) as CertificateFile;
});

describe('a certificate of destruction', () => {
  it('says what, how much, when, by which schedule and on whose signatures', async () => {
    expect(certificate.says).toMatchObject({
      classId: 'misdemeanor',
      scheduleId: 'demo-2026-1',
      technology: 'mobile-x-ray',
      records: 2,
      bytes: 200,
      versions: 4,
    });
    expect(certificate.says.signatures.map(({ office: of, personId }) => [of, personId])).toEqual([
      ['records-officer', 'p-dunne'],
      ['law-department', 'p-moreau'],
      ['records-commissioner', 'p-ito'],
    ]);
    expect(
      file.list
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['X-0', 'X-2']);
    expect(await office.batch(certificate.id)).toMatchObject({ state: 'destroyed', destroyedRecords: 2, leftOut: 1 });
    expect(
      (await office.mailsAbout(certificate.id)).filter(({ kind }) => kind === 'disposition-destroyed'),
    ).toHaveLength(2);
  });

  it('holds against the public key, and against no other', () => {
    expect(flawsOf(office.key.pem, file)).toEqual([]);
    expect(flawsOf(signer().pem, file)).toHaveLength(1);
  });

  it('names nobody but those who signed', () => {
    expect(JSON.stringify(file)).not.toMatch(/Doe|ABC1234|First Avenue|CASE-17/);
  });

  /** Every string and number in it, by its path. */
  function paths(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
    if (typeof value !== 'object' || value === null) return [path];
    return Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]));
  }
  function changed(path: readonly (string | number)[], change: (value: unknown) => unknown): CertificateFile {
    const copy = structuredClone(file) as unknown as Record<string | number, unknown>;
    const inner = path.slice(0, -1).reduce((at, key) => at[key] as Record<string | number, unknown>, copy);
    inner[path.at(-1)!] = change(inner[path.at(-1)!]);
    return copy as unknown as CertificateFile;
  }

  it('shows every field that was changed', () => {
    const all = paths(file);
    expect(all.length).toBeGreaterThan(22);
    for (const path of all) {
      const change = (value: unknown): unknown =>
        typeof value === 'number'
          ? value + 1
          : `${String(value).slice(0, 5)}${String(value)[5] === 'A' ? 'B' : 'A'}${String(value).slice(6)}`;
      expect(flawsOf(office.key.pem, changed(path, change)), path.join('.')).not.toEqual([]);
    }
  });

  it('shows every letter of the list that was changed, left out or added', () => {
    for (let at = 0; at < file.list.length; at++) {
      const other = file.list[at] === 'a' ? 'b' : 'a';
      const flaws = flawsOf(office.key.pem, {
        ...file,
        list: file.list.slice(0, at) + other + file.list.slice(at + 1),
      });
      expect(flaws).toContain('the list is not the one it names');
    }
    expect(flawsOf(office.key.pem, { ...file, list: `${file.list}X-9 ${'0'.repeat(64)} now\n` })).not.toEqual([]);
    expect(flawsOf(office.key.pem, { ...file, list: file.list.split('\n').slice(1).join('\n') })).not.toEqual([]);
  });

  it('shows a signature or a field of it that is missing or more', () => {
    for (let left = 0; left < SIGNING_OFFICES.length; left++) {
      const signatures = file.says.signatures.filter((_, place) => place !== left);
      expect(flawsOf(office.key.pem, { ...file, says: { ...file.says, signatures } })).not.toEqual([]);
    }
    expect(flawsOf(office.key.pem, { ...file, says: { ...file.says, more: 1 } as never })).not.toEqual([]);
  });

  it('is made once, however often the step runs', async () => {
    expect(await office.settle(certificate.id)).toEqual({ kind: 'settled' });
    expect((await office.certificate(certificate.id))!.version).toBe(1);
  });
});
