/**
 * The one table: every record, its ledger entries and its outbox notes, written together. See functions/records/.
 */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { useOfKey, type Keys } from './keys.ts';

/** Each index answers one question people ask. */
const INDEXES = [
  { name: 'by-subject', partition: 'subject', order: 'subjectOrder' },
  { name: 'by-desk', partition: 'desk', order: 'deskOrder' },
  { name: 'by-due', partition: 'due', order: 'dueOrder' },
] as const;

export class RecordsTable extends Construct {
  readonly table: Table;
  readonly #keys: Keys;

  constructor(scope: Construct, id: string, keys: Keys) {
    super(scope, id);
    this.#keys = keys;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: keys.records,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      stream: StreamViewType.NEW_IMAGE,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const { name, partition, order } of INDEXES) {
      this.table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: order, type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      });
    }
    Validations.of(this).acknowledge({
      id: 'NIST.800.53.R5-DynamoDBInBackupPlan',
      reason:
        'Point-in-time recovery covers 35 days. A vault in another account belongs to the agency, which has one plan for all its tables; docs/runbook.md says how to restore.',
    });
  }

  /**
   * Read and write, by key or by index. Nobody scans and nobody updates in place: a record is always written whole, on
   * condition of the version it was read at.
   */
  allowReadAndWrite(who: IGrantable): void {
    this.#allow(
      who,
      [this.table.tableArn, ...INDEXES.map(({ name }) => `${this.table.tableArn}/index/${name}`)],
      ['dynamodb:GetItem', 'dynamodb:Query'],
    );
    this.#allow(who, [this.table.tableArn], ['dynamodb:PutItem', 'dynamodb:ConditionCheckItem']);
    who.grantPrincipal.addToPrincipalPolicy(
      useOfKey(this.#keys.records, 'dynamodb', [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ]),
    );
  }

  /** The right to take a line off a list, such as a person off a role's. Records themselves are never deleted. */
  allowEndingLines(who: IGrantable): void {
    this.#allow(who, [this.table.tableArn], ['dynamodb:DeleteItem']);
  }

  #allow(who: IGrantable, resources: string[], actions: string[]): void {
    who.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  }
}
