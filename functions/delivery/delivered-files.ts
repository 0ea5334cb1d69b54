/** What the pages ask of the store of what is delivered. The door to it is delivered-files.aws.ts. */
export interface DeliveredFiles {
  /** Where browsers find the store: a page names it so that a form may lead there. */
  origin(): Promise<string>;
  /** An address that saves one version under `fileName`, for `seconds` from now. */
  link(ask: {
    readonly key: string;
    readonly versionId: string;
    readonly fileName: string;
    readonly contentType: string;
    readonly seconds: number;
  }): Promise<string>;
  /** The passphrase of one sealed package. */
  passphrase(at: { readonly key: string; readonly versionId: string }): Promise<string>;
}
