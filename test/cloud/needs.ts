/** What `npm run test:cloud` has to be told, and the one line it says when that is missing. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Ways to hold credentials that the AWS SDK takes from the environment. The first is the plain one. */
const CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** One line that says what is missing and what to do; undefined when all is there. */
export function whatIsMissing(env: Env): string | undefined {
  const missing = [
    ...(env.AWS_ENDPOINT_URL || env.POSTACT_INBOX_URL
      ? []
      : ['AWS_ENDPOINT_URL (an emulator’s; for AWS itself POSTACT_INBOX_URL in its place)']),
    ...(CREDENTIALS.some((name) => env[name])
      ? []
      : ['credentials (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE)']),
    ...(env.AWS_REGION ? [] : ['AWS_REGION']),
  ];
  return missing.length > 0
    ? `test:cloud needs a deployed stack and: ${missing.join('; ')}. Set them and run it again; docs/cloud-test.md has examples.`
    : undefined;
}
