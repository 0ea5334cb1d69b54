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

/** Collects findings, each once. */
export class Findings {
  readonly #found = new Map<string, Finding>();

  add(kind: FindingKind, where: string): void {
    this.#found.set(`${kind}/${where}`, { kind, where });
  }

  addAll(findings: readonly Finding[]): void {
    for (const { kind, where } of findings) this.add(kind, where);
  }

  list(): readonly Finding[] {
    return [...this.#found.values()];
  }
}
