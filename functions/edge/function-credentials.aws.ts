/**
 * The credentials of a function: its role's, which Lambda puts into its environment. Bundles have this in place of the
 * SDK's search through profiles, sign-ins and instance metadata, which a function never has; it is 110 kB of each.
 */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Stands for the export of that name of `@aws-sdk/credential-provider-node`. */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey)
    throw new Error('AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not set; a function has both from its role');
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};
