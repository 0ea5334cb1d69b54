/** How each kind of content is named to browsers and to people. */
import type { ContentKind } from './content/finding.ts';

const KINDS: Readonly<Record<ContentKind, { readonly mime: string; readonly ending: string; readonly label: string }>> =
  {
    png: { mime: 'image/png', ending: 'png', label: 'PNG picture' },
    jpeg: { mime: 'image/jpeg', ending: 'jpg', label: 'JPEG picture' },
    tiff: { mime: 'image/tiff', ending: 'tif', label: 'TIFF picture' },
    opaque: {
      mime: 'application/octet-stream',
      ending: 'bin',
      label: 'Opaque original (DICOS or the maker’s own format)',
    },
  };

export const CONTENT_KINDS = Object.keys(KINDS) as readonly ContentKind[];
export const isContentKind = (text: string): text is ContentKind => text in KINDS;
export const mimeOf = (kind: ContentKind): string => KINDS[kind].mime;
export const labelOf = (kind: ContentKind): string => KINDS[kind].label;
/** The name a copy is saved under: the record's id, never what its uploader called it. */
export const fileNameOf = (imageId: string, kind: ContentKind): string => `${imageId}.${KINDS[kind].ending}`;
