/**
 * The files the site serves as they are: our own, and of the U.S. Web Design System its style sheet and the fonts and
 * pictures that names, about 2 MB of its 30. Pages use none of its scripts.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The design system's compiled files. Its package.json is not exported, so the way there is from its main script. */
const DESIGN_SYSTEM = join(dirname(createRequire(import.meta.url).resolve('@uswds/uswds')), '..');

const STYLE_SHEET = 'css/uswds.min.css';
/** Named by the style sheet for parts that no page of ours has. */
const NOT_SHOWN = ['img/hero.jpg'];

/** What each file is called below the folder of static files, and where it comes from. */
export function staticFiles(own: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const name of [STYLE_SHEET, ...namedBy(STYLE_SHEET)]) files.set(`uswds/${name}`, join(DESIGN_SYSTEM, name));
  for (const name of existsSync(own) ? readdirSync(own, { recursive: true, encoding: 'utf8' }).sort() : []) {
    if (statSync(join(own, name)).isFile()) files.set(name.replaceAll('\\', '/'), join(own, name));
  }
  return files;
}

/** The fonts and pictures a style sheet names, such as `fonts/…/x.woff2`. */
function namedBy(styleSheet: string): string[] {
  const css = readFileSync(join(DESIGN_SYSTEM, styleSheet), 'utf8');
  const named = [...css.matchAll(/url\(\.\.\/([^)]+)\)/g)].map(([, name]) => name!);
  return [...new Set(named)].filter((name) => !NOT_SHOWN.includes(name)).sort();
}
