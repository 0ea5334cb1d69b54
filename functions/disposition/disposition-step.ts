/** Which act each step of the workflow is. */
import { untilWritten } from '../records/until-written.ts';
import { askForObjections } from './ask-for-objections.ts';
import { checkDisposition } from './check-disposition.ts';
import { giveRecordsBack } from './end-unsigned.ts';
import { settleDisposition } from './settle-disposition.ts';
import type { StepNeeds } from './steps.ts';

export interface DispositionStep {
  readonly step: 'check' | 'ask-for-objections' | 'give-back' | 'settle';
  readonly dispositionId: string;
  /** Of the step that waits. */
  readonly token?: string | undefined;
}

export function dispositionStep(needs: StepNeeds, { step, dispositionId, token = '' }: DispositionStep) {
  switch (step) {
    case 'check':
      return untilWritten(() => checkDisposition(needs, { dispositionId }));
    case 'ask-for-objections':
      return untilWritten(() => askForObjections(needs, { dispositionId, token }));
    case 'give-back':
      return giveRecordsBack(needs, { dispositionId });
    case 'settle':
      return untilWritten(() => settleDisposition(needs, { dispositionId }));
  }
}
