/**
 * What a parser can say about a file. Findings are fixed words, never what the file holds: a coordinate found in a file
 * must not end up in a record or a log by way of the refusal that names it.
 */

/** What the policy keeps out of a still image, and the two reasons why nothing can be said. */
export type FindingKind = 'audio' | 'video' | 'location' | 'plate' | 'thermal' | 'biometric' | 'broken' | 'uncheckable';

export interface Finding {
  readonly kind: FindingKind;
  /** Where it was seen, such as `EXIF GPS block`. */
  readonly where: string;
}

/** What a file is by its content; `opaque` is anything that is kept by its hash alone, such as DICOS. */
export type ContentKind = 'png' | 'jpeg' | 'tiff' | 'opaque';

/** All captions and directories of one file together; an honest file has a few megabytes of them at most. */
const MOST_LOOKED_AT_BYTES = 64 * 1024 * 1024;

/** Collects findings, each once, and counts what has been looked at, so that a crafted file ends in a finding too. */
export class Findings {
  readonly #found = new Map<string, Finding>();
  #lookedAt = 0;

  add(kind: FindingKind, where: string): void {
    this.#found.set(`${kind}/${where}`, { kind, where });
  }

  addAll(findings: readonly Finding[]): void {
    for (const { kind, where } of findings) this.add(kind, where);
  }

  /** To be asked before anything of `bytes` is looked through; once it answers no, the file is uncheckable. */
  mayLookAt(bytes: number): boolean {
    this.#lookedAt += bytes;
    if (this.#lookedAt <= MOST_LOOKED_AT_BYTES) return true;
    this.add('uncheckable', 'more captions and directories than can be checked');
    return false;
  }

  list(): readonly Finding[] {
    return [...this.#found.values()];
  }
}
