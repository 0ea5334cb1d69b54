/** A size as people say it, with the exact number of bytes. */
export function sizeText(bytes: number): string {
  const exact = `${bytes.toLocaleString('en-US')} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < 1000) return exact;
  const [unit, of] =
    bytes < 1_000_000 ? (['kB', 1e3] as const) : bytes < 1e9 ? (['MB', 1e6] as const) : (['GB', 1e9] as const);
  return `${(bytes / of).toFixed(1)} ${unit} (${exact})`;
}
