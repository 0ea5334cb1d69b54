/** What acts ask of the place where enclosed files lie. The door to it is enclosures.aws.ts. */
import type { StoredFile } from './contract.ts';

/** A form a browser sends its file with: the address, and the fields that go before the file. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface EnclosureStore {
  /** Where browsers find it: a page must name it to send a file there. */
  origin(): Promise<string>;
  /** `backTo` is where a browser goes when the file has been taken. `mostBytes` is checked by the store. */
  uploadForm(ask: {
    readonly key: string;
    readonly mostBytes: number;
    readonly seconds: number;
    readonly backTo: string;
  }): Promise<UploadForm>;
  /** The newest version of what was sent under a key; undefined if nothing was. */
  arrived(key: string): Promise<{ readonly versionId: string; readonly bytes: number } | undefined>;
  /**
   * Copies a version that arrived to where it stays, under legal hold, with its SHA-256; the version that arrived is
   * left as it is and is swept. Done again, it answers the copy that is there.
   */
  take(ask: {
    readonly from: { readonly key: string; readonly versionId: string; readonly bytes: number };
    readonly toKey: string;
    /** Its retention card's id, by which the copy is tagged. */
    readonly enclosureId: string;
    readonly classId: string;
  }): Promise<StoredFile>;
}
