/** One part of a case's page, with its heading, and where its forms are. */
import type { Child } from 'hono/jsx';
import type { CaseAct } from './acts.ts';
import { caseHref } from './contract.ts';

export const href = (caseNumber: string, name: CaseAct, query = ''): string =>
  `${caseHref(caseNumber)}/${name}${query}`;
export const named = (field: string, value: string): string => `?${field}=${encodeURIComponent(value)}`;

export function Part(props: { readonly id: string; readonly heading: Child; readonly children?: Child }) {
  return (
    <section id={props.id} class="pa-part" aria-labelledby={`${props.id}-heading`}>
      <h2 id={`${props.id}-heading`}>{props.heading}</h2>
      {props.children}
    </section>
  );
}
