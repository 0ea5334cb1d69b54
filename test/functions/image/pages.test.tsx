/** The pages as a browser without scripts uses them: filing, sending, reading the record, opening the image. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayDo, ROLES, type Role } from '../../../policies/roles.ts';
import { newSecret } from '../../../functions/edge/system.ts';
import type { Visitor } from '../../../functions/edge/visitor.ts';
import { dutyLine } from '../../../functions/image/contract.ts';
import { imagePages } from '../../../functions/image/image-pages.lambda.tsx';
import { openView } from '../../../functions/image/open-view.ts';
import { keepImage } from '../../../functions/image/keep-image.ts';
import { checkFile } from '../../../functions/image/check-file.ts';
import { startImageWorld, until, type ImageWorld } from './image-world.ts';
import * as make from './samples.ts';

let world: ImageWorld;
let app: ReturnType<typeof imagePages>;
const sessions = new Map<string, Visitor>();

function signIn(personId: string, roles: readonly Role[]) {
  const [cookie, formSecret] = [newSecret(), newSecret()];
  sessions.set(cookie, { personId, name: personId, email: `${personId}@example.gov`, roles, rank: 'detective', bureau: 'counterterrorism', command: 'ctb', uniformed: true, active: true, sessionId: 's'.repeat(64), formSecret });
  const ask = (path: string, init: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> } = {}) => app.request(path, { redirect: 'manual', ...init, headers: { cookie: `session=${cookie}`, ...init.headers } });
  return {
    get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
    post: (path: string, fields: Record<string, string>) =>
      ask(path, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ form: formSecret, ...fields }).toString() }),
  };
}

let [operator, investigator, records]: ReturnType<typeof signIn>[] = [];
const asOperator = () => operator!;
const asInvestigator = () => investigator!;
const asRecords = () => records!;

beforeAll(async () => {
  world = await startImageWorld();
  app = imagePages(() => ({ ...world.needs, originals: world.originals.pages, visitorOf: async (cookie) => sessions.get(cookie) }));
  operator = signIn('P-op', ['ctb-operator']);
  investigator = signIn('P-inv', ['investigator']);
  records = signIn('P-rec', ['records-officer']);
  await world.line(dutyLine('P-inv'), 'C-77');
});
afterAll(() => world.stop());

const TYPED = {
  request: 'R-1', deploymentId: 'D-1', deviceId: 'X-1', downloadedBy: 'Officer Diaz', downloadedAtDate: '2026-11-20', downloadedAtTime: '14:00', medium: 'USB drive',
  caseNumber: ' c-77 ', relevance: 'A void in the door.', declaredKind: 'png',
};
const VIEW = { operation: 'view', purpose: 'criminal-investigation', need: 'to compare it with the door', caseNumber: 'c-77' };
const textOf = async (answer: Response | Promise<Response>): Promise<string> => (await answer).text();

async function fieldsOf(html: string): Promise<{ url: string; fields: Record<string, string> }> {
  const form = /<form id="upload-form"[\s\S]*?<\/form>/.exec(html)![0];
  const decode = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  const fields = Object.fromEntries([...form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [decode(name!), decode(value!)]));
  return { url: decode(/action="([^"]*)"/.exec(form)![1]!), fields };
}

describe('filing an image on the page', () => {
  it('is offered to operators, for a request whose deployment has begun', async () => {
    const html = await textOf(asOperator().get('/images/new?request=R-1'));
    expect(html).toContain('File an x-ray image');
    expect(html).toContain('value="X-1" selected');
    expect((await asOperator().get('/images/new?request=R-none')).status).toBe(404);
    expect((await asOperator().get('/images/new')).status).toBe(404);
    expect((await asInvestigator().get('/images/new?request=R-1')).status).toBe(403);
  });

  it('shows the form again with every reason when it is refused, and keeps what was typed', async () => {
    const answer = await asOperator().post('/images', { ...TYPED, caseNumber: '', personInImage: 'yes', downloadedAtTime: '' });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('A void in the door.');
    for (const [field, clause] of [['caseNumber', 'XR26-SAFE-05'], ['personExplanation', 'XR26-ABS-03'], ['downloadedAt', 'usc-15-260a']]) {
      expect(html).toContain(`href="#${field}"`);
      expect(html).toContain(`/policy/clauses/${clause}`);
    }
  });

  it('leads without scripts through the store and back to the image’s page', async () => {
    const filed = await asOperator().post('/images', TYPED);
    expect(filed.status).toBe(303);
    const path = filed.headers.get('location')!;
    const shown = await asOperator().get(path);
    const { url, fields } = await fieldsOf(await shown.clone().text());
    expect(shown.headers.get('content-security-policy')).toContain(`form-action 'self' ${new URL(url).origin}`);
    const sent = await world.send({ url, fields }, make.png());
    expect(sent.status).toBe(303);
    expect(new URL(sent.headers.get('location')!).pathname).toBe(path);
    await until(async () => (await world.announce()).includes('noted'));
    const id = path.split('/')[2]!;
    expect(await (await asOperator().get(path, { accept: 'application/json' })).json()).toEqual({ state: 'checking', label: 'Being checked' });
    await checkFile({ ...world.needs, originals: world.originals.check }, { imageId: id });
    await keepImage({ ...world.needs, originals: world.originals.keep }, { imageId: id });
    expect(await textOf(asOperator().get(path))).toMatch(/Kept[\s\S]*under legal hold/);
  });

  it('never sends the session’s secret to the store', async () => {
    const path = (await asOperator().post('/images', TYPED)).headers.get('location')!;
    const { fields } = await fieldsOf(await textOf(asOperator().get(path)));
    expect(Object.keys(fields)).not.toContain('form');
  });

  it('gives a script a fresh form, bound to the file it has read', async () => {
    const path = (await asOperator().post('/images', TYPED)).headers.get('location')!;
    const answer = await asOperator().post(`${path}/retry`, { sha256: 'a'.repeat(64), bytes: '12' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ fields: { 'x-amz-checksum-sha256': Buffer.alloc(32, 0xaa).toString('base64'), success_action_status: '201' } });
    expect((await asOperator().post(`${path}/retry`, { sha256: 'no', bytes: 'many' })).status).toBe(422);
  });
});

describe('the record of an image', () => {
  it('says who typed its place, and that a person in it is identifying information', async () => {
    const id = await world.kept(make.png([make.chunk('tEXt', make.latin1('a\0b'))]), { location: 'Pier <4>', personInImage: true, personExplanation: 'The driver got out.' });
    const html = await textOf(asInvestigator().get(`/images/${id}`));
    expect(html).toContain('Pier &lt;4&gt; (typed by Ana Operator)');
    expect(html).toContain('Treat it as identifying information');
  });

  it('shows another image of the same bytes from either side', async () => {
    const file = make.png([make.chunk('tEXt', make.latin1('c\0d'))]);
    const [first, second] = [await world.kept(file), await world.kept(file)];
    expect(await textOf(asInvestigator().get(`/images/${second}`))).toContain(`href="/images/${first}"`);
    expect(await textOf(asInvestigator().get(`/images/${first}`))).toContain(`href="/images/${second}"`);
  });

  it('is closed to those whose duty is another case, and says by which clause', async () => {
    const id = await world.kept(make.png([make.chunk('tEXt', make.latin1('e\0f'))]), { caseNumber: 'C-99' });
    const answer = await asInvestigator().get(`/images/${id}`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('XR26-SAFE-07');
    expect((await asRecords().get(`/images/${id}`)).status).toBe(200);
  });

  it('tells who opened it to those who oversee, and to nobody else', async () => {
    const id = await world.kept(make.png([make.chunk('tEXt', make.latin1('g\0h'))]));
    await asInvestigator().post(`/images/${id}/views`, VIEW);
    expect(await textOf(asRecords().get(`/images/${id}`))).toContain('to compare it with the door');
    const own = await textOf(asOperator().get(`/images/${id}`));
    expect(own).not.toContain('to compare it with the door');
    expect(own).not.toContain('Ivo Investigator');
  });

  it('is found by its case, and a case without images is said to have none to be got', async () => {
    const html = await textOf(asInvestigator().get('/images?case=c-77'));
    expect(html).toMatch(/href="\/images\/I-/);
    expect(await textOf(asRecords().get('/images?case=C-NONE'))).toContain('XR26-RET-01');
    expect((await asInvestigator().get('/images?case=C-99')).status).toBe(403);
    expect(await textOf(asOperator().get('/images?case=c-77'))).not.toContain('Images of a case');
  });
});

describe('opening an image', () => {
  let id: string;
  beforeAll(async () => {
    id = await world.kept(make.png([make.chunk('tEXt', make.latin1('i\0j'))]));
  });
  const viewed = async (): Promise<string> => (await asInvestigator().post(`/images/${id}/views`, VIEW)).headers.get('location')!;

  it('leads to a rendering, and from there to the very version that was kept', async () => {
    const path = await viewed();
    const html = await textOf(asInvestigator().get(path));
    expect(html).toContain('Rendering for viewing. The original is unchanged.');
    const file = await asInvestigator().get(/<img id="viewer-image"[^>]*src="([^"]+)"/.exec(html)![1]!.replaceAll('&amp;', '&'));
    expect(file.status).toBe(302);
    const { stored } = await world.image(id);
    const link = new URL(file.headers.get('location')!);
    expect([link.searchParams.get('versionId'), link.searchParams.get('X-Amz-Expires')]).toEqual([stored!.versionId, '60']);
    const got = await fetch(link);
    expect([got.headers.get('content-disposition'), got.headers.get('content-type'), (await got.arrayBuffer()).byteLength]).toEqual([`inline; filename="${id}.png"`, 'image/png', stored!.bytes]);
  });

  it('saves the original under its record’s id', async () => {
    const saved = await asInvestigator().post(`/images/${id}/views`, { ...VIEW, operation: 'download' });
    const file = await asInvestigator().get(saved.headers.get('location')!);
    expect((await fetch(file.headers.get('location')!)).headers.get('content-disposition')).toBe(`attachment; filename="${id}.png"`);
    expect((await world.acts(`image#${id}`)).at(-1)).toBe('image download allowed');
  });

  it('writes purpose and person into the ledger once, at the form; reading writes nothing', async () => {
    const path = await viewed();
    const entry = (await world.table.records.ledgerOf(`image#${id}`)).at(-1)!;
    expect(entry).toMatchObject({ act: 'image viewed', by: { kind: 'person', id: 'P-inv' }, facts: { purpose: 'criminal-investigation' } });
    expect(JSON.stringify(entry.facts)).not.toContain('to compare');
    for (const method of ['GET', 'HEAD', 'OPTIONS']) for (const one of [path, path.replace('viewer', 'file'), `/images/${id}`, '/images', `/images/${id}/views`, `/images/${id}/retry`]) await app.request(one, { method, headers: { cookie: `session=${[...sessions.keys()][1]}` } });
    expect((await world.table.records.ledgerOf(`image#${id}`)).at(-1)!.hash).toBe(entry.hash);
  });

  it.each([
    ['without a purpose', { purpose: '' }, 422, 'XR26-RET-04'],
    ['for a purpose that is not on the list', { purpose: 'curiosity' }, 422, 'XR26-RET-04'],
    ['for another case', { caseNumber: 'C-1' }, 422, 'XR26-RET-04'],
    ['without a need', { need: '' }, 422, 'XR26-SAFE-03'],
    ['to match a face', { operation: 'match-faces' }, 403, 'XR26-CAP-04'],
    ['to read plates', { operation: 'read-plates' }, 403, 'XR26-CAP-04'],
    ['to crop it', { operation: 'crop' }, 403, 'XR26-DSP-02'],
    ['for something unheard of', { operation: 'polish' }, 403, 'XR26-DSP-02'],
  ])('%s is refused and written down', async (_, more, status, clause) => {
    const answer = await asInvestigator().post(`/images/${id}/views`, { ...VIEW, ...more });
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(clause)]);
    expect((await world.table.records.ledgerOf(`image#${id}`)).at(-1)).toMatchObject({ act: 'image view refused', clauses: [clause] });
  });

  it('is refused to every role that does not open images, and written down', async () => {
    for (const role of ROLES.filter((one) => !mayDo([one], 'view-image'))) {
      const answer = await signIn(`P-${role}`, [role]).post(`/images/${id}/views`, VIEW);
      expect([role, answer.status]).toEqual([role, 403]);
    }
    expect((await world.table.records.ledgerOf(`image#${id}`)).at(-1)).toMatchObject({ act: 'image view refused' });
  });

  it('is refused to anyone of an outside entity, whatever they say', async () => {
    const answer = await openView(world.needs, { imageId: id, ...VIEW, viewer: { kind: 'external', personId: 'liaison-1' } });
    expect(answer).toMatchObject({ kind: 'refused', because: [{ clause: 'XR26-EXT-01' }] });
    expect((await world.table.records.ledgerOf(`image#${id}`)).at(-1)).toMatchObject({ by: { kind: 'external' }, act: 'image view refused' });
  });

  it('is for whoever opened it, and nobody else', async () => {
    const path = await viewed();
    for (const one of [path, path.replace('viewer', 'file')]) {
      const answer = await asRecords().get(one);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('XR26-SAFE-14')]);
    }
    expect((await app.request(path)).status).toBe(303);
  });

  it('is over after five minutes', async () => {
    const path = (await viewed()).replace('viewer', 'file');
    world.pass(4.9);
    expect((await asInvestigator().get(path)).status).toBe(302);
    world.pass(0.1);
    const answer = await asInvestigator().get(path);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('house-minutes-a-link-is-open')]);
  });

  it('is no way to another image', async () => {
    const other = await world.kept(make.png([make.chunk('tEXt', make.latin1('k\0l'))]));
    expect((await asInvestigator().get((await viewed()).replace(id, other))).status).toBe(404);
  });

  it('shows no rendering of an opaque original, and its hash', async () => {
    const opaque = await world.kept(make.dicos(), { declaredKind: 'opaque' });
    const path = (await asInvestigator().post(`/images/${opaque}/views`, VIEW)).headers.get('location')!;
    const html = await textOf(asInvestigator().get(path));
    expect(html).toContain('There is no rendering of this kind of file');
    expect(html).toContain((await world.image(opaque)).stored!.sha256);
    expect(html).not.toContain('<img');
  });
});

describe('passing an image on', () => {
  let id: string;
  beforeAll(async () => {
    id = await world.kept(make.png([make.chunk('tEXt', make.latin1('m\0n'))]));
  });
  const SHARE = { recipient: 'P-new', dutyReason: 'She investigates the same truck.' };

  it('opens its case to the member it is for, and stores who, why and when', async () => {
    const newcomer = signIn('P-new', ['investigator']);
    expect((await newcomer.get(`/images/${id}`)).status).toBe(403);
    expect((await asInvestigator().post(`/images/${id}/shares`, SHARE)).status).toBe(303);
    expect((await newcomer.get(`/images/${id}`)).status).toBe(200);
    expect((await world.image(id)).shares).toEqual([{ personId: 'P-new', dutyReason: SHARE.dutyReason, by: 'P-inv', at: world.now }]);
    expect((await world.table.records.ledgerOf(`image#${id}`)).at(-1)).toMatchObject({ act: 'image shared', clauses: ['XR26-SAFE-14'], facts: { recipient: 'P-new' } });
  });

  it.each([
    ['without a lawful duty', { dutyReason: '' }, 'XR26-SAFE-14'],
    ['to a member whose role opens no images', { recipient: 'P-op' }, 'XR26-SAFE-08'],
    ['to nobody', { recipient: 'somebody' }, 'XR26-SAFE-08'],
  ])('is refused %s', async (_, more, clause) => {
    const answer = await asInvestigator().post(`/images/${id}/shares`, { ...SHARE, ...more });
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(clause)]);
  });

  it('is refused to those whose duty is another case', async () => {
    const other = await world.kept(make.png([make.chunk('tEXt', make.latin1('o\0p'))]), { caseNumber: 'C-100' });
    expect((await asInvestigator().post(`/images/${other}/shares`, SHARE)).status).toBe(403);
    expect((await world.image(other)).shares).toBeUndefined();
  });
});
