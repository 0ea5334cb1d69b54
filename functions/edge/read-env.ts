/** Reads one setting from the environment. There is no second argument: a default here would hide a missing setting. */
export function readEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is not set; infra/ sets it where the function is defined`);
  return value;
}

/** Builds a function's needs on its first call, so that importing a handler touches nothing. */
export function onFirstCall<T>(build: () => T): () => T {
  let built: { readonly needs: T } | undefined;
  return () => (built ??= { needs: build() }).needs;
}
