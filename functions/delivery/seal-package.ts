/**
 * Seals the package of a delivery: makes the ZIP and its passphrase, writes each to its own place, opens the delivery and
 * tells the recipient. Run again it changes nothing; two runs at once leave one package and the passphrase that fits it,
 * because the record names the version of both.
 *
 * Called by  seal-package.lambda.ts
 * Faults     RecordMissing, DeliveredFileDiffers (do not retry); RecordsBusy, ChangedMeanwhile, PackageBusy (retry)
 */
import { createHash } from 'node:crypto';
import type { Instant } from '../../policies/instant.ts';
import { Fault } from '../../policies/faults.ts';
import { disclosures, type Disclosure } from '../disclosure/contract.ts';
import { sha256 } from '../records/canonical.ts';
import { put } from '../records/change.ts';
import { keyOf } from '../records/entity.ts';
import { RecordMissing } from '../records/faults.ts';
import type { Records } from '../records/records.aws.ts';
import { untilWritten } from '../records/until-written.ts';
import { deliveries, type Delivery } from './contract.ts';
import { asRead } from './find-delivery.ts';
import { pathOf } from './names.ts';
import type { PackageStore, Written } from './package-store.ts';
import { MANIFEST, manifestText, SIGNATURE, textsOf } from './package-texts.ts';
import { zipPackage, type Packed, type Zipped } from './zip-package.ts';

export interface SealNeeds {
  readonly records: Records;
  readonly store: PackageStore;
  now(): Instant;
  newPassphrase(): string;
}

/** The workflow goes on to wait for the recipient, at most this long; what became of it meanwhile it reads itself. */
export interface Sealed {
  readonly kind: 'collect';
  readonly seconds: number;
}

export async function sealPackage(
  needs: SealNeeds,
  { disclosureId }: { readonly disclosureId: string },
): Promise<Sealed> {
  const { disclosure, delivery } = await toSeal(needs, disclosureId);
  const collect = (): Sealed => ({
    kind: 'collect',
    seconds: Math.max(1, Math.ceil((Date.parse(delivery.closesAt) - Date.parse(needs.now())) / 1000)),
  });
  if (!isToBeSealed(disclosure, delivery)) return collect();

  const sealedAt = needs.now();
  const publicKey = await needs.store.publicKey();
  const subject = keyOf('disclosure', disclosureId);
  const told = {
    disclosure,
    delivery,
    entries: await needs.records.ledgerOf(subject),
    head: await needs.records.headOf(subject),
    publicKeyPem: pemOf(publicKey),
    keySha256: createHash('sha256').update(publicKey).digest('hex'),
    sealedAt,
  };
  const texts = textsOf(told);
  const manifest = manifestText(told, texts);
  const signature = await needs.store.sign(manifest);
  const passphrase = needs.newPassphrase();
  const place = await needs.store.writePassphrase(delivery.id, passphrase);
  const written = await packed(needs.store, delivery, passphrase, sealedAt, [
    ...texts.map(({ name, text }) => madeOf(name, Buffer.from(text))),
    madeOf(MANIFEST, Buffer.from(manifest)),
    madeOf(SIGNATURE, signature),
    ...delivery.files.map((file) => ({
      name: pathOf(delivery, file),
      bytes: () => needs.store.pieces(file.file),
      of: file.file,
    })),
  ]);
  const { key, versionId, sha256: packageSha256, bytes } = written;
  const seal = {
    package: { key, versionId, sha256: packageSha256, bytes, contentType: 'application/zip' },
    manifestSha256: sha256(manifest),
    sealedAt,
    passphrase: { key: place.key, versionId: place.versionId },
    keySha256: told.keySha256,
  };
  await untilWritten(() => open(needs, disclosureId, seal));
  return collect();
}

const isToBeSealed = (disclosure: Disclosure, delivery: Delivery): boolean =>
  disclosure.state === 'released' && delivery.state === 'sealing' && delivery.way === 'sealed-package';

async function toSeal({ records }: Pick<SealNeeds, 'records'>, disclosureId: string) {
  const disclosure = await records.get(disclosures, disclosureId);
  const delivery = disclosure?.release && (await records.get(deliveries, disclosure.release.deliveryId));
  if (!disclosure || !delivery)
    throw new RecordMissing(
      `disclosure ${disclosureId} has no delivery in the table; its workflow asked for it to be sealed`,
    );
  return { disclosure, delivery };
}

/** What was revoked, or sealed by another run, while this one was packing stays as it is. */
async function open(needs: SealNeeds, disclosureId: string, seal: NonNullable<Delivery['seal']>): Promise<void> {
  const { disclosure, delivery } = await toSeal(needs, disclosureId);
  if (!isToBeSealed(disclosure, delivery)) return;
  const subject = keyOf('disclosure', disclosureId);
  const about = keyOf('delivery', delivery.id);
  await needs.records.write({
    at: needs.now(),
    by: { kind: 'system', id: 'delivery' },
    puts: [put(deliveries, { ...delivery, state: 'open', seal, dueAt: delivery.closesAt })],
    tells: [
      {
        subject,
        act: 'package sealed',
        edition: disclosure.edition,
        facts: {
          delivery: delivery.id,
          package: seal.package.sha256,
          bytes: seal.package.bytes,
          manifest: seal.manifestSha256,
          key: seal.keySha256,
          files: delivery.files.length,
        },
      },
    ],
    mails: [{ kind: 'delivery-ready', to: { address: delivery.to.email }, about, subject }],
    unchanged: [asRead({ disclosure })],
  });
}

async function packed(
  store: PackageStore,
  delivery: Delivery,
  passphrase: string,
  at: Instant,
  entries: readonly Packed[],
): Promise<Written & Zipped> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writing = store.writePackage(delivery.id, readable).then(
    (written) => ({ written }),
    (error: unknown) => ({ error }),
  );
  try {
    const zipped = await zipPackage(writable, passphrase, new Date(at), entries);
    const wrote = await writing;
    if ('error' in wrote) throw wrote.error;
    return { ...wrote.written, ...zipped };
  } catch (error) {
    // When the store gave up first, what the packer says is only that nobody reads it any more.
    const wrote = await writing;
    throw !(error instanceof Fault) && 'error' in wrote ? wrote.error : error;
  }
}

const madeOf = (name: string, bytes: Uint8Array): Packed => ({
  name,
  bytes: async function* () {
    yield await Promise.resolve(bytes);
  },
});

const pemOf = (der: Uint8Array): string =>
  `-----BEGIN PUBLIC KEY-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})(?=.)/g, '$1\n')}\n-----END PUBLIC KEY-----\n`;
