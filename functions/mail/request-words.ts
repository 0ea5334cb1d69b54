/** What mails about requests, their decisions, deployments and images say. */
import { nyText } from '../../policies/instant.ts';
import type { Decision } from '../decision/contract.ts';
import type { DecisionMailKind, RequestMailKind } from '../records/mail-owed.ts';
import type { UseRequest } from '../use-request/contract.ts';
import { ONE_PERSON, type MailAbout, type Words } from './said.ts';

export function wordsOfRequest(kind: DecisionMailKind | RequestMailKind, about: MailAbout): Words {
  const { site, request, decision, image } = about;
  const id = request?.id ?? image?.requestId ?? '';
  const toRequest = { href: `${site}/requests/${id}`, words: 'See where it stands' };
  const when = request ? `${nyText(request.asked.startsAt)} until ${nyText(request.asked.endsAt)}` : '';
  const outside = request?.askedBy.kind === 'external';
  const told = (subject: string, ...lines: string[]): Words => ({
    subject,
    lines,
    ...(!outside && { link: toRequest }),
  });

  switch (kind) {
    case 'decision-asked':
    case 'decision-reminder':
    case 'decision-passed-on':
      return decisionWords(kind, site, id, when, decision!, about.secret!);
    case 'request-received':
      return {
        subject: `Request ${id} received`,
        lines: [
          'Your request for help with mobile x-ray has been received.',
          'A member of the department will confirm who you are and whom you speak for, by a way of our own choosing. Nothing is decided before that.',
          'Keep this number: ' + id + '.',
        ],
      };
    case 'request-approved':
      return told(
        `Request ${id} approved`,
        `The use of mobile x-ray for ${when} has been approved.`,
        'The Counterterrorism Bureau assigns a trained operator and a device. Custody stays with the department.',
      );
    case 'request-declined':
      return told(
        `Request ${id} declined`,
        'An executive of the Counterterrorism Bureau has declined the request.',
        outside
          ? 'You may ask again if circumstances change.'
          : 'The reason is on the request. If circumstances change, make a new one.',
      );
    case 'request-refused':
      return told(
        `Request ${id} refused`,
        `Policy does not allow this request: ${clausesOf(request)}.`,
        outside
          ? 'It was not put to an executive.'
          : 'It was not put to an executive. The page names each condition and what to do.',
      );
    case 'request-lapsed':
      return told(
        `Request ${id} lapsed`,
        `The time of the use (${when}) came before the request was settled, so it has lapsed. It was not approved.`,
        'If the need remains, make a new request.',
      );
    case 'request-withdrawn':
      return told(
        `Request ${id} withdrawn`,
        'The request has been withdrawn. Changed circumstances mean a new request.',
      );
    case 'request-closed':
      return told(`Request ${id} closed`, 'The deployment has ended and its commander has answered for proper use.');
    case 'entity-to-confirm':
      return {
        subject: `Confirm who asks: request ${id}`,
        lines: [
          'An outside entity asks for mobile x-ray.',
          `Confirm the liaison's identity and affiliation before ${request ? nyText(request.asked.startsAt) : 'the use begins'}; the request lapses then.`,
        ],
        link: { href: `${site}/requests/${id}`, words: 'Confirm who asks' },
      };
    case 'assignment-asked':
      return {
        subject: `Assign operator and device: request ${id}`,
        lines: [
          `A use of mobile x-ray is approved for ${when}.`,
          'Assign a trained operator, an inspected device and the commander who answers for proper use.',
        ],
        link: { href: `${site}/deployments/new?request=${id}`, words: 'Assign' },
      };
    case 'deployment-assigned':
      return {
        subject: `You operate: request ${id}`,
        lines: [`You are assigned to operate mobile x-ray for ${when}.`],
        link: { href: `${site}/deployments/${about.deploymentId}`, words: 'Open the deployment' },
      };
    case 'deployment-to-close':
      return {
        subject: `Close the deployment: request ${id}`,
        lines: [
          'The time of the deployment has passed. Log its end, file each downloaded image, and answer for proper use.',
        ],
        link: { href: `${site}/deployments/${about.deploymentId}`, words: 'Open the deployment' },
      };
    case 'image-kept':
      return {
        subject: `Image ${image?.id} is kept`,
        lines: ['The original is kept under Object Lock and legal hold, with its SHA-256.'],
        link: { href: `${site}/images/${image?.id}`, words: 'See the record' },
      };
    case 'image-refused':
      return {
        subject: `Image ${image?.id} was refused`,
        lines: ['The file was not kept. The record names each reason and what to do.'],
        link: { href: `${site}/images/${image?.id}`, words: 'See why' },
      };
    case 'upload-lapsed':
      return {
        subject: `Upload of image ${image?.id} lapsed`,
        lines: ['No file arrived in time. Nothing was kept. File the image again if it is still worth keeping.'],
        link: { href: `${site}/images/${image?.id}`, words: 'See the record' },
      };
  }
}

const clausesOf = (request: UseRequest | undefined): string =>
  [...new Set(request?.refusals?.map(({ clause }) => clause) ?? [])].join(', ') || 'see the request';

function decisionWords(
  kind: DecisionMailKind,
  site: string,
  id: string,
  when: string,
  decision: Decision,
  secret: string,
): Words {
  const first = {
    'decision-asked': 'A request to use mobile x-ray waits for your decision.',
    'decision-reminder': 'This request still waits for your decision.',
    'decision-passed-on':
      'This request was put to another executive first and has had no answer. It now waits for yours.',
  }[kind];
  return {
    subject: `${kind === 'decision-reminder' ? 'Reminder: decide' : 'Decide'} on mobile x-ray, request ${id}`,
    lines: [
      first,
      `Use: ${when}.`,
      `Undecided by ${nyText(decision.lapsesAt)} it lapses. It is never approved by itself.`,
    ],
    link: { href: `${site}/decisions/link/${secret}`, words: 'Open the request' },
    below: [ONE_PERSON, 'If this was not meant for you, tell the bureau’s desk; the link will not work for you.'],
  };
}
