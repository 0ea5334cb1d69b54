/**
 * Names for deployed resources: the one the template gives, or one derived from the stack and the logical id.
 *
 * A derived name is a pure function of both, so it is the same on every start without being written down anywhere.
 */
import { createHash } from 'node:crypto';

/** Which property is a resource's physical id, for the types where people may choose it. */
const NAME_PROPERTY: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': 'PolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SES::EmailIdentity': 'EmailIdentity',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::Scheduler::ScheduleGroup': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

/** At most 64 characters (the shortest limit of a service, IAM and Lambda); lower case where S3 asks for it. */
export function physicalIdOf(
  stackName: string,
  logicalId: string,
  type: string,
  properties: Readonly<Record<string, unknown>>,
): string {
  const given = properties[NAME_PROPERTY[type] ?? ''];
  if (typeof given === 'string' && given !== '') return given;
  const hash = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 12);
  const name = `${stackName.slice(0, 18)}-${logicalId.slice(0, 32)}-${hash}`;
  return type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
}
