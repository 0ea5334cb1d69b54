/** A mail as text and as HTML, from the same words. No image, no tracking, one link. */
import type { Words } from './words.ts';

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const CLOSING =
  'postact, police technology under the POST Act. For official business only. Do not reply: this address is not read.';

export function letterOf(words: Words): Letter {
  const text = [
    ...words.lines,
    ...(words.link ? [`${words.link.words}:\n${words.link.href}`] : []),
    ...(words.below ?? []),
    '--',
    CLOSING,
  ].join('\n\n');
  const html = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{words.subject}</title>
      </head>
      <body style="margin:0;background:#f0f0f0;color:#1b1b1b;font:16px/1.5 'Public Sans',Arial,sans-serif">
        <div style="max-width:36rem;margin:0 auto;padding:24px;background:#ffffff">
          <p style="margin:0 0 16px;font-weight:bold;color:#162e51">postact</p>
          <h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{words.subject}</h1>
          {words.lines.map((line) => (
            <p style="margin:0 0 16px">{line}</p>
          ))}
          {words.link && (
            <p style="margin:24px 0">
              <a
                href={words.link.href}
                style="display:inline-block;padding:12px 20px;background:#005ea2;color:#ffffff;font-weight:bold;text-decoration:none;border-radius:4px"
              >
                {words.link.words}
              </a>
            </p>
          )}
          {words.below?.map((line) => (
            <p style="margin:0 0 12px;color:#565c65;font-size:14px">{line}</p>
          ))}
          <p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #dfe1e2;color:#565c65;font-size:14px">
            {CLOSING}
          </p>
        </div>
      </body>
    </html>
  );
  return { subject: words.subject, text, html: `<!doctype html>${String(html)}` };
}
