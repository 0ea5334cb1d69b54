/**
 * Demonstration records of the other three technologies, as their systems hand them in: what is made up for the cases of
 * cases.ts, and plate reads, one of which is more than five years old and falls due at once.
 */
import { createHash } from 'node:crypto';
import { casesOn } from './cases.ts';
import { Machine, type MachineOutputs } from './machine.ts';

const DAY_MS = 86_400_000;

interface DemoRecord {
  readonly id: string;
  readonly said: Readonly<Record<string, unknown>>;
  /** What its file holds, where it has one. */
  readonly content?: string;
}

export function recordsOn(now: Date): readonly DemoRecord[] {
  const at = (days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString();
  const camera = (id: string, caseNumber: string, days: number): DemoRecord => ({
    id,
    said: {
      technology: 'digital-camera',
      kind: 'image',
      capturedAt: at(days),
      caseNumbers: [caseNumber],
      deviceId: 'camera-3',
      relevance: 'Shows the scene',
    },
    content: `made up: a picture of the scene, ${id}`,
  });
  const recording = (id: string, caseNumber: string, days: number): DemoRecord => ({
    id,
    said: {
      technology: 'portable-electronic-device',
      kind: 'recording',
      capturedAt: at(days),
      caseNumbers: [caseNumber],
      deviceId: 'ped-7',
    },
    content: `made up: a recording, ${id}`,
  });
  const read = (id: string, days: number, caseNumbers: readonly string[] = []): DemoRecord => ({
    id,
    said: {
      technology: 'license-plate-reader',
      kind: 'plate-read',
      capturedAt: at(days),
      caseNumbers,
      read: { plate: `ZZZ${1000 - days}`, state: 'NY', place: 'Made-up Avenue' },
    },
  });
  return [
    camera('CAM-DEMO-1', 'DEMO-2025-0311', -419),
    recording('PED-DEMO-1', 'DEMO-2025-0311', -418),
    camera('CAM-DEMO-2', 'DEMO-2021-0107', -2100),
    recording('PED-DEMO-2', 'DEMO-2026-0042', -39),
    camera('CAM-DEMO-3', 'DEMO-2024-0518', -690),
    camera('CAM-DEMO-4', 'DEMO-2026-0203', -80),
    read('LPR-DEMO-1', -1900),
    read('LPR-DEMO-2', -1700),
    read('LPR-DEMO-3', -400),
    read('LPR-DEMO-4', -1900, ['DEMO-2026-0042']),
  ];
}

/** Sends cases and records. Sending them again changes nothing. */
export async function sendKept(site: string, endpoint: string, outputs: MachineOutputs, now: Date): Promise<void> {
  const machine = await Machine.at(site, endpoint, outputs);
  for (const { caseNumber, eventId, event } of casesOn(now))
    await machine.send('PUT', `/cases/${caseNumber}/events/${eventId}`, event);
  for (const { id, said, content } of recordsOn(now)) {
    const file = content && {
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: Buffer.byteLength(content),
    };
    const { upload } = await machine.send('PUT', `/records/${id}`, { ...said, ...(file && { file }) });
    if (!upload || !content) continue;
    const { url, fields } = upload as { readonly url: string; readonly fields: Readonly<Record<string, string>> };
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([content]));
    await fetch(url, { method: 'POST', body: form });
    await machine.send('POST', `/records/${id}/stored`);
  }
}
