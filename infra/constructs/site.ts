/**
 * The site: one HTTP API that hands each page to the function of its noun. It checks nobody; the page functions do.
 *
 * Its access log holds no address of the visitor and no path, because a path can hold the secret of a mail link.
 */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  DomainName,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
  type CfnStage,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { KEEP_TRACE_FOR, PUBLIC_THROTTLE, SITE_THROTTLE } from '../limits.ts';
import type { Settings } from '../settings.ts';
import type { Alarms } from './alarms.ts';
import type { Keys } from './keys.ts';
import type { PostactFunction } from './postact-function.ts';

const LOGGED = [
  'requestId',
  'requestTime',
  'routeKey',
  'status',
  'protocol',
  'responseLength',
  'responseLatency',
  'integrationErrorMessage',
];

export class Site extends Construct {
  /** Where people find it, without a slash at the end. */
  readonly url: string;
  /** What the agency's own name is to be an alias of, when the site has one. */
  readonly aliasOf?: string;
  readonly #api: HttpApi;
  readonly #stage: CfnStage;
  readonly #integrations = new Map<PostactFunction, HttpLambdaIntegration>();

  constructor(
    scope: Construct,
    id: string,
    props: { readonly settings: Settings; readonly keys: Keys; readonly alarms: Alarms },
  ) {
    super(scope, id);
    const { site } = props.settings;
    this.#api = new HttpApi(this, 'Api', {
      description: 'postact: the pages',
      createDefaultStage: false,
      // With a name of its own there is one way in, and its certificate is the agency's.
      disableExecuteApiEndpoint: site !== undefined,
    });
    const domainName = site
      ? new DomainName(this, 'Domain', {
          domainName: site.domain,
          certificate: Certificate.fromCertificateArn(this, 'Certificate', site.certificateArn),
          securityPolicy: SecurityPolicy.TLS_1_2,
        })
      : undefined;
    if (domainName) this.aliasOf = domainName.regionalDomainName;
    this.url = site ? `https://${site.domain}` : this.#api.apiEndpoint;

    const log = new LogGroup(this, 'Log', {
      retention: KEEP_TRACE_FOR,
      encryptionKey: props.keys.trace,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      autoDeploy: true,
      throttle: SITE_THROTTLE,
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(
          JSON.stringify(Object.fromEntries(LOGGED.map((name) => [name, `$context.${name}`]))),
        ),
      },
      ...(domainName && { domainMapping: { domainName } }),
    });
    this.#stage = stage.node.defaultChild as CfnStage;

    props.alarms.raise({
      kind: 'site-faults',
      says: 'Pages answered with a fault of ours (5xx), five times or more in five minutes.',
      metric: stage.metricServerError({ period: Duration.minutes(5) }),
      from: 5,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'A browser brings a session cookie, which the page function judges on every request (functions/edge/page-app.tsx); test/functions walks every route without one.',
    });
  }

  /**
   * Hands these paths to a function, each as it is: `/x` does not include `/x/…`, `/x/{proxy+}` does.
   * Paths that anyone may ask for without signing in are `isPublic`, and fewer requests for them pass at once.
   * With `machines` the API itself asks for a token that carries one of these scopes, before the function runs.
   */
  serve(
    paths: readonly string[],
    by: PostactFunction,
    {
      methods = HttpMethod.ANY,
      isPublic = false,
      machines,
    }: {
      readonly methods?: HttpMethod;
      readonly isPublic?: boolean;
      readonly machines?: { readonly authorizer: IHttpRouteAuthorizer; readonly scopes: readonly string[] };
    } = {},
  ): void {
    for (const path of paths) {
      const route = new HttpRoute(this, `${methods} ${path}`, {
        httpApi: this.#api,
        routeKey: HttpRouteKey.with(path, methods),
        integration: this.#integrationOf(by),
        ...(machines && { authorizer: machines.authorizer, authorizationScopes: [...machines.scopes] }),
      });
      if (isPublic) this.#limit(route, `${methods} ${path}`);
    }
  }

  #integrationOf(by: PostactFunction): HttpLambdaIntegration {
    // One permission for the function rather than one for each path: the API is its only caller either way.
    const integration =
      this.#integrations.get(by) ?? new HttpLambdaIntegration(by.entry, by.function, { scopePermissionToRoute: false });
    this.#integrations.set(by, integration);
    return integration;
  }

  #limit(route: HttpRoute, key: string): void {
    const limits = { ThrottlingRateLimit: PUBLIC_THROTTLE.rateLimit, ThrottlingBurstLimit: PUBLIC_THROTTLE.burstLimit };
    this.#stage.routeSettings = { ...(this.#stage.routeSettings as object | undefined), [key]: limits };
    this.#stage.node.addDependency(route); // A stage may set limits only for routes that are there.
  }
}
