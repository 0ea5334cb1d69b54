/**
 * `npm run verify-certificate -- FILE KEY`: checks a downloaded certificate of destruction with the public key, offline and
 * with nothing of ours but this. Exits 0 when all of it holds, 1 when it does not, 2 when it could not be read.
 */
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { flawsOf, type CertificateFile } from './certificate.ts';

const [file, key] = argv.slice(2);

function verified(): readonly string[] {
  if (!file || !key) throw new Error('give the downloaded certificate and the public key: FILE KEY');
  const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<CertificateFile>;
  if (!read.says || !read.signature || typeof read.list !== 'string')
    throw new Error(`${file} is no certificate: it has no says, signature and list`);
  const certificate = read as CertificateFile;
  const { says } = certificate;
  console.log(
    `Certificate of batch ${says.dispositionId}: ${says.records} records, ${says.destroyedFrom} to ${says.destroyedUntil}, signed by ${says.signatures.map(({ office }) => office).join(', ')}`,
  );
  return flawsOf(readFileSync(key, 'utf8'), certificate);
}

try {
  const flaws = verified();
  if (flaws.length === 0) console.log('It holds: it says what was signed, and its list is the one it names.');
  for (const flaw of flaws) console.log(`It does not hold: ${flaw}.`);
  process.exitCode = flaws.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`Not verified: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
