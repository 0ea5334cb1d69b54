/**
 * Style sheet, fonts, pictures and scripts of the pages, served under an address that changes with them; and the document
 * of the interface for systems, which anyone may read.
 */
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';
import { PostactFunction } from './postact-function.ts';

export class Assets extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const serve = new PostactFunction(this, 'Serve', platform, {
      entry: 'edge/assets.lambda.ts',
      does: 'Serves the static files of the pages',
      usesRecords: false,
    });
    platform.site.serve(['/assets/{proxy+}'], serve, { methods: HttpMethod.GET });
    platform.site.serve(['/api/v1/openapi.json'], serve, { methods: HttpMethod.GET, isPublic: true });
  }
}
