/** What the interface asks of the bucket, so that another system can send it a file. The door is record-uploads.aws.ts. */

export interface RecordUploads {
  /** A form that takes one file of exactly so many bytes under one key, for so many seconds. */
  form(ask: {
    readonly key: string;
    readonly bytes: number;
    readonly seconds: number;
  }): Promise<{ readonly url: string; readonly fields: Readonly<Record<string, string>> }>;
}
