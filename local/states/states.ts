/**
 * Step Functions for the embedded host: state machines written in JSONata, run durably from the journal.
 *
 * The part serves the API that the AWS SDKs speak (signing name `states`) and deploys the CloudFormation types of
 * the service. A state machine in JSONPath is refused with words that say where it is served.
 */
import type { Deployed, Host, JsonService, MakePart, ResourceProvider } from '../contract.ts';
import { Executions } from './api/executions.ts';
import { Machines } from './api/machines.ts';
import { Tags } from './api/tags.ts';
import { Tasks } from './api/tasks.ts';
import { Versions } from './api/versions.ts';
import { Runner } from './execution/runner.ts';
import { deployAlias, deployMachine, deployVersion } from './resources.ts';
import { Store } from './store.ts';

export const states: MakePart = (host: Host) => {
  const store = new Store(host.journal);
  const runner = new Runner(host, store);
  const versions = new Versions(host, store);
  const machines = new Machines(host, store, versions);
  const tasks = new Tasks(host, store, runner);
  const executions = new Executions(host, store, runner, machines);
  const service: JsonService = {
    signingName: 'states',
    operations: {
      ...machines.operations,
      ...versions.operations,
      ...executions.operations,
      ...tasks.operations,
      ...new Tags(store).operations,
    },
  };
  const provider: ResourceProvider = {
    types: [
      'AWS::StepFunctions::StateMachine',
      'AWS::StepFunctions::StateMachineVersion',
      'AWS::StepFunctions::StateMachineAlias',
      'AWS::StepFunctions::Activity',
    ],
    deploy: ({ type, properties, physicalId, logicalId }): Deployed => {
      if (type === 'AWS::StepFunctions::StateMachine')
        return deployMachine(host, store, machines, { properties, physicalId, logicalId });
      if (type === 'AWS::StepFunctions::StateMachineVersion') return deployVersion(store, versions, properties);
      if (type === 'AWS::StepFunctions::StateMachineAlias')
        return deployAlias(store, versions, { properties, physicalId, logicalId });
      const name = String(properties['Name'] ?? physicalId);
      const { activityArn } = tasks.createActivity({ name });
      return { ref: activityArn, attributes: { Arn: activityArn, Name: name } };
    },
  };
  return {
    services: [service],
    providers: [provider],
    start: () => runner.resume(),
    stop: () => runner.stop(),
  };
};
