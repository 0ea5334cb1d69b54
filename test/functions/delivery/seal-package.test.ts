/**
 * Sealed packages: what is in one, that two implementations of the format open it, that its list is signed and fits, that
 * no altered byte passes, and that sealing twice, or against a revocation, leaves one true state.
 */
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../../functions/delivery/contract.ts';
import { DeliveredFileDiffers, PackageBusy } from '../../../functions/delivery/faults.ts';
import { sealPackage } from '../../../functions/delivery/seal-package.ts';
import { newPassphrase } from '../../../functions/edge/system.ts';
import { mails } from '../../../functions/records/mail-owed.ts';
import { breaksIn } from '../../../functions/records/verify.ts';
import type { LedgerEntry, LedgerHead } from '../../../functions/records/ledger.ts';
import { startDelivered, type Delivered } from './delivered.ts';
import { sha } from './file-store.ts';
import { openedZip } from './opened-zip.ts';

let on: Delivered;
let delivery: Delivery;
let zip: Buffer;
let passphrase: string;
beforeAll(async () => {
  on = await startDelivered();
  const original = on.file('Whole view', randomBytes(200_000));
  const copy = on.file('Driver hidden', randomBytes(70_001), { redactedCopyOf: original.enclosureId });
  const counts = [{ enclosureId: 'E-count', label: 'Trucks scanned', text: 'Between 5 and 9' }];
  delivery = await on.released({ way: 'sealed-package', files: [original, copy], counts });
  await seal(delivery);
  delivery = await on.delivery(delivery.id);
  zip = Buffer.from(on.store.at(delivery.seal!.package));
  passphrase = await on.store.passphrase(delivery.seal!.passphrase);
});
afterAll(() => on?.stop());

const seal = ({ disclosureId }: Delivery) => sealPackage(on.needs, { disclosureId });

interface Manifest {
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
  readonly texts: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
  readonly ledgerHead: LedgerHead;
}

/** What VERIFY.txt tells a stranger to check, after the SHA-256 of the whole. Throws at the first that does not fit. */
function verified(entries: ReadonlyMap<string, Buffer>, keySha256: string): Manifest {
  const key = createPublicKey(entries.get('public-key.pem')!.toString());
  if (sha(key.export({ type: 'spki', format: 'der' })) !== keySha256) throw new Error('another key');
  const text = entries.get('manifest.json')!;
  if (!verify('sha256', text, key, entries.get('manifest.sig')!)) throw new Error('the list is not signed');
  const manifest = JSON.parse(text.toString()) as Manifest;
  const listed = [...manifest.files, ...manifest.texts];
  for (const { name, sha256, bytes } of listed) {
    const found = entries.get(name);
    if (found?.length !== bytes || sha(found) !== sha256) throw new Error(`${name} is not the one on the list`);
  }
  if (entries.size !== listed.length + 2) throw new Error('something is there that is not on the list');
  return manifest;
}

describe('a sealed package', () => {
  it('opens the delivery and tells the recipient, with its passphrase in one place only', async () => {
    expect(delivery).toMatchObject({ state: 'open', dueAt: delivery.closesAt });
    expect(delivery.seal!.package).toMatchObject({
      key: `sealed/${delivery.id}/package.zip`,
      sha256: sha(zip),
      bytes: zip.length,
    });
    expect(passphrase).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    await on.mailed(delivery);
    const everywhere = JSON.stringify([
      await on.delivery(delivery.id),
      await on.records.ledgerOf(`disclosure#${delivery.disclosureId}`),
      on.sent,
    ]);
    expect(everywhere).not.toContain(passphrase);
    expect(everywhere).not.toContain(sha(passphrase));
    expect((await on.acts(delivery)).slice(0, 3)).toEqual([
      'disclosure released',
      'package sealed',
      'delivery link made',
    ]);
    expect(on.sent.at(-1)!.kind).toBe('delivery-ready');
  });

  it('has a passphrase of 120 bits, each another', () => {
    const many = Array.from({ length: 500 }, newPassphrase);
    expect(new Set(many).size).toBe(500);
    expect(new Set(many.join('').replaceAll('-', '')).size).toBe(32);
  });

  it('holds the originals as they are, and the rest, by an implementation of the format that shares no code', () => {
    const entries = openedZip(zip, passphrase);
    const [original, copy] = delivery.files;
    expect([...entries.keys()].toSorted()).toEqual([
      'SHA256SUMS',
      'VERIFY.txt',
      'ledger.json',
      'manifest.json',
      'manifest.sig',
      'numbers.txt',
      'originals/01.png',
      'public-key.pem',
      'redacted-copies/02-redacted-copy-of-01.png',
    ]);
    expect(sha(entries.get('originals/01.png')!)).toBe(original!.file.sha256);
    expect(sha(entries.get('redacted-copies/02-redacted-copy-of-01.png')!)).toBe(copy!.file.sha256);
    expect(entries.get('numbers.txt')!.toString()).toBe('Trucks scanned\nBetween 5 and 9\n');
    expect(() => openedZip(zip, `${passphrase}X`)).toThrow('another passphrase');
  });

  it('is opened by the library that wrote it, too', async () => {
    const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(zip)])), {
      password: passphrase,
      useWebWorkers: false,
    });
    const hashes: Record<string, string> = {};
    for (const entry of await reader.getEntries()) {
      const hash = createHash('sha256');
      if (!entry.directory)
        await entry.getData(new WritableStream({ write: (piece: Uint8Array) => void hash.update(piece) }));
      hashes[entry.filename] = hash.digest('hex');
    }
    await reader.close();
    expect(hashes).toEqual(
      Object.fromEntries([...openedZip(zip, passphrase)].map(([name, bytes]) => [name, sha(bytes)])),
    );
  });

  it('shows no name, label or number of the disclosure to whoever has no passphrase', () => {
    expect(zip.toString('latin1')).not.toMatch(/Smith|ABC1234|Whole view|Quill|X-[0-9A-Z]{4}-/);
  });

  it('has a list that is signed and fits, with the ground, the clauses, the edition and the terms', () => {
    const entries = openedZip(zip, passphrase);
    const manifest = verified(entries, delivery.seal!.keySha256);
    expect(sha(entries.get('manifest.json')!)).toBe(delivery.seal!.manifestSha256);
    expect(manifest).toMatchObject({
      schema: 1,
      disclosure: delivery.disclosureId,
      delivery: delivery.id,
      ground: 'required-by-law',
      clauses: ['XR26-EXT-10'],
      edition: 'xray-2026',
      sealedAt: on.now,
      files: [
        { label: 'Whole view', calledByTheDepartment: 'Smith ABC1234.PNG', as: 'original, unaltered' },
        { label: 'Driver hidden', as: 'redacted copy', redactedCopyOf: delivery.files[0]!.enclosureId },
      ],
    });
    expect(manifest).toHaveProperty('terms.length', 4);
  });

  it('has an extract of the ledger that holds, up to the head on the list', () => {
    const { entries, head } = JSON.parse(openedZip(zip, passphrase).get('ledger.json')!.toString()) as {
      entries: LedgerEntry[];
      head: LedgerHead;
    };
    expect(entries.map(({ act }) => act)).toEqual(['disclosure released']);
    expect(breaksIn(`disclosure#${delivery.disclosureId}`, entries, head)).toEqual([]);
    expect(verified(openedZip(zip, passphrase), delivery.seal!.keySha256).ledgerHead).toEqual(head);
  });

  it('is verified by the commands of its own VERIFY.txt', () => {
    const folder = mkdtempSync(join(tmpdir(), 'package-'));
    const entries = openedZip(zip, passphrase);
    try {
      for (const [name, bytes] of entries) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), bytes);
      }
      const run = (command: string) => execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
      const text = entries.get('VERIFY.txt')!.toString();
      const command = (start: string) =>
        text
          .split('\n')
          .find((line) => line.trim().startsWith(start))!
          .trim();
      expect(run(command('openssl dgst'))).toBe('Verified OK\n');
      expect(run(command('openssl pkey'))).toContain(delivery.seal!.keySha256);
      expect(run(command('sha256sum -c'))).toMatch(/^(.+: OK\n){6}$/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a package that was tampered with', () => {
  it('at any byte never has the SHA-256 that the page shows, and never yields other files that verify', async () => {
    const small = await on.released({ way: 'sealed-package' });
    await seal(small);
    const made = (await on.delivery(small.id)).seal!;
    const [bytes, secret] = [Buffer.from(on.store.at(made.package)), await on.store.passphrase(made.passphrase)];
    const whole = JSON.stringify([...openedZip(bytes, secret)].map(([name, file]) => [name, sha(file)]));
    const unlike: string[] = [];
    let caught = 0;
    for (let place = 0; place < bytes.length; place++) {
      bytes[place]! ^= 1 << (place % 8);
      if (sha(bytes) === made.package.sha256) unlike.push(`byte ${place} keeps the hash of the whole`);
      try {
        const entries = openedZip(bytes, secret);
        verified(entries, made.keySha256);
        // What is left are marks such as a file's date: the files are the same to the byte.
        if (JSON.stringify([...entries].map(([name, file]) => [name, sha(file)])) !== whole)
          unlike.push(`byte ${place} passes with other files`);
      } catch {
        caught++;
      }
      bytes[place]! ^= 1 << (place % 8);
    }
    expect(unlike).toEqual([]);
    expect(caught).toBeGreaterThan(bytes.length * 0.9);
  }, 120_000);

  it('does not verify with a list made anew by somebody else', () => {
    const entries = new Map(openedZip(zip, passphrase));
    const manifest = JSON.parse(entries.get('manifest.json')!.toString()) as {
      files: { sha256: string; bytes: number }[];
    };
    entries.set('originals/01.png', Buffer.from('forged'));
    Object.assign(manifest.files[0]!, { sha256: sha('forged'), bytes: 6 });
    entries.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
    expect(() => verified(entries, delivery.seal!.keySha256)).toThrow('the list is not signed');
  });
});

describe('sealing', () => {
  it('again changes nothing, and answers how long there is to collect', async () => {
    const before = [await on.delivery(delivery.id), await on.acts(delivery), on.store.versions.size];
    expect(await seal(delivery)).toEqual({ kind: 'collect', seconds: 14 * 24 * 3600 });
    expect([await on.delivery(delivery.id), await on.acts(delivery), on.store.versions.size]).toEqual(before);
  });

  it('twice at once leaves one package and the passphrase that opens it', async () => {
    const twice = await on.released({ way: 'sealed-package' });
    await Promise.all([seal(twice), seal(twice)]);
    const { seal: made, state } = await on.delivery(twice.id);
    expect(state).toBe('open');
    expect([...on.store.versions.keys()].filter((key) => key.startsWith(`sealed/${twice.id}/package`))).toHaveLength(2);
    const opened = openedZip(Buffer.from(on.store.at(made!.package)), await on.store.passphrase(made!.passphrase));
    expect(opened.size).toBe(8);
    expect((await on.acts(twice)).filter((act) => act === 'package sealed')).toHaveLength(1);
    const { records } = await on.records.ofSubject(mails, `disclosure#${twice.disclosureId}`);
    expect(records.filter(({ kind }) => kind === 'delivery-ready')).toHaveLength(1);
  });

  it('keeps what was revoked while it was packed revoked', async () => {
    const revoked = await on.released({ way: 'sealed-package' });
    const needs = {
      ...on.needs,
      store: Object.assign(Object.create(on.store) as typeof on.store, {
        writePackage: async (id: string, bytes: ReadableStream<Uint8Array>) => {
          const written = await on.store.writePackage(id, bytes);
          await on.change(
            revoked,
            { delivery: { state: 'revoked' }, disclosure: { state: 'revoked' } },
            'disclosure revoked',
          );
          return written;
        },
      }),
    };
    await sealPackage(needs, { disclosureId: revoked.disclosureId });
    expect((await on.delivery(revoked.id)).state).toBe('revoked');
    expect(await on.acts(revoked)).toEqual(['disclosure released', 'disclosure revoked']);
    expect(await seal(revoked)).toMatchObject({ kind: 'collect' });
  });

  it('stops when a file is not the one that was released, and leaves nothing open', async () => {
    const file = on.file('Swapped');
    on.store.versions.set(`${file.file.key}@${file.file.versionId}`, randomBytes(300));
    const swapped = await on.released({ way: 'sealed-package', files: [file] });
    await expect(seal(swapped)).rejects.toThrow(DeliveredFileDiffers);
    expect((await on.delivery(swapped.id)).state).toBe('sealing');
    expect([...on.store.versions.keys()].filter((key) => key.startsWith(`sealed/${swapped.id}/package`))).toEqual([]);
  });

  it('says of a store that gives up that it may be tried again', async () => {
    const busy = await on.released({ way: 'sealed-package' });
    const store = Object.assign(Object.create(on.store) as typeof on.store, {
      writePackage: async (_: string, bytes: ReadableStream<Uint8Array>) => {
        await bytes.cancel();
        throw new PackageBusy('for the test');
      },
    });
    await expect(sealPackage({ ...on.needs, store }, { disclosureId: busy.disclosureId })).rejects.toThrow(PackageBusy);
    await seal(busy);
    expect((await on.delivery(busy.id)).state).toBe('open');
  });
});
