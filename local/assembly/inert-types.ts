/**
 * Resource types that change nothing that can be seen from a laptop: they are accepted, noted and not served.
 * Everything else that no part serves is refused, so that a missing piece is found at the start and not in use.
 */
const INERT = [
  'AWS::AccessAnalyzer::*',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApplicationInsights::*',
  'AWS::Backup::*',
  'AWS::Budgets::*',
  'AWS::CDK::Metadata',
  'AWS::CertificateManager::*',
  'AWS::CloudFormation::WaitConditionHandle',
  'AWS::CloudTrail::*',
  'AWS::CloudWatch::*',
  'AWS::Config::*',
  'AWS::GuardDuty::*',
  'AWS::Logs::*',
  'AWS::Route53::*',
  'AWS::SSM::Parameter',
  'AWS::WAFv2::*',
  'AWS::XRay::*',
];

export function isInert(type: string): boolean {
  return INERT.some((inert) => (inert.endsWith('*') ? type.startsWith(inert.slice(0, -1)) : type === inert));
}

/** Why a type cannot be hosted, as the end of a sentence about one resource. */
export function whyRefused(type: string): string {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource'
    ? 'custom resources run only inside CloudFormation; use a property of the resource itself, or deploy to AWS or an AWS emulator'
    : 'no part of this host serves that type; deploy to AWS or an AWS emulator, or remove it from the template';
}
