/** The controls of a page, as a browser would find them, for tests without one. */
export interface Control {
  readonly name: string;
  readonly id: string;
  readonly type: string;
  readonly value: string;
  readonly checked: boolean;
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** Inputs but hidden ones, text areas and selects. */
export function controlsOf(html: string): readonly Control[] {
  const found = [
    ...html.matchAll(
      /<input\b([^>]*)>|<textarea\b([^>]*)>([\s\S]*?)<\/textarea>|<select\b([^>]*)>([\s\S]*?)<\/select>/g,
    ),
  ];
  return found
    .map(([, input, area, text = '', select, options = '']) => {
      const of = (name: string): string =>
        unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(input ?? area ?? select ?? '')?.[1] ?? '');
      const picked = /<option\b[^>]*\svalue="([^"]*)"[^>]*\sselected/.exec(options)?.[1] ?? '';
      const type = input === undefined ? (area === undefined ? 'select' : 'textarea') : of('type') || 'text';
      const value = input === undefined ? unescaped(area === undefined ? picked : text) : of('value');
      return { name: of('name'), id: of('id'), type, value, checked: /\schecked/.test(input ?? '') };
    })
    .filter(({ type }) => type !== 'hidden');
}

/** Names of controls that no label is for. */
export function unlabelled(html: string): readonly string[] {
  const labels = new Set([...html.matchAll(/<label\b[^>]*\sfor="([^"]*)"/g)].map(([, id]) => id));
  return controlsOf(html)
    .filter(({ id }) => !id || !labels.has(id))
    .map(({ name, id }) => `${name}#${id}`);
}
