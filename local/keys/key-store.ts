/** The keys themselves: what is known of each in the journal, the material in files that only their owner may read. */
import {
  createHash,
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument } from '../contract.ts';
import type { Journal } from '../journal.ts';

export type KeySpec = 'SYMMETRIC_DEFAULT' | 'ECC_NIST_P256' | 'RSA_2048' | 'HMAC_256';
export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC';

export interface Key {
  readonly id: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly description: string;
  readonly enabled: boolean;
  readonly rotates: boolean;
  readonly policy: PolicyDocument;
  /** Host time, ms since 1970. */
  readonly createdAt: number;
}

/** An id in the shape of a UUID that is the same on every start for a resource of the template. */
export function keyIdFor(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

export function keyStore(journal: Journal) {
  journal.define(`
    CREATE TABLE IF NOT EXISTS keys_keys (id TEXT PRIMARY KEY, key TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS keys_aliases (name TEXT PRIMARY KEY, key_id TEXT NOT NULL);`);
  const folder = join(journal.folder, 'keys');
  const materials = new Map<string, KeyObject>();
  const get = (id: string): Key | undefined => {
    const row = journal.get<{ key: string }>('SELECT key FROM keys_keys WHERE id = ?', id);
    return row && (JSON.parse(row.key) as Key);
  };
  return {
    get,
    /** Makes the material if there is none. Material is written before the row, so a row always has its material. */
    put(key: Key): void {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      try {
        writeFileSync(join(folder, key.id), freshMaterial(key.spec), { mode: 0o600, flag: 'wx', flush: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      journal.run(
        'INSERT INTO keys_keys VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET key = excluded.key',
        key.id,
        JSON.stringify(key),
      );
    },
    list: (): Key[] =>
      journal.all<{ key: string }>('SELECT key FROM keys_keys ORDER BY id').map((row) => JSON.parse(row.key) as Key),
    material({ id, spec }: Key): KeyObject {
      let material = materials.get(id);
      if (!material) {
        const bytes = readFileSync(join(folder, id));
        materials.set(
          id,
          (material =
            spec === 'SYMMETRIC_DEFAULT' || spec === 'HMAC_256' ? createSecretKey(bytes) : createPrivateKey(bytes)),
        );
      }
      return material;
    },
    setAlias: (name: string, keyId: string) =>
      journal.run(
        'INSERT INTO keys_aliases VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET key_id = excluded.key_id',
        name,
        keyId,
      ),
    aliases: () => journal.all<{ name: string; key_id: string }>('SELECT name, key_id FROM keys_aliases ORDER BY name'),
    /** By id, key ARN, alias name or alias ARN. */
    find(named: string): Key | undefined {
      const name = named.startsWith('arn:') ? named.split(':').slice(5).join(':') : named;
      if (!name.startsWith('alias/')) return get(name.replace(/^key\//, ''));
      const alias = journal.get<{ key_id: string }>('SELECT key_id FROM keys_aliases WHERE name = ?', name);
      return alias && get(alias.key_id);
    },
  };
}

function freshMaterial(spec: KeySpec): Buffer | string {
  if (spec === 'SYMMETRIC_DEFAULT' || spec === 'HMAC_256') return randomBytes(32);
  const { privateKey } =
    spec === 'RSA_2048'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' });
}
