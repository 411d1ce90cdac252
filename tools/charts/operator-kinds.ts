/**
 * Kinds of operators that publish no types: the fields that the chart uses, from the operators' references
 * (docs.flagger.app, cloudnative-pg.io). What is not here is refused, so a field is added here once it was looked up.
 */
type Metadata = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
};

type ObjectReference = { readonly apiVersion: string; readonly kind: string; readonly name: string };

export type Canary = {
  readonly apiVersion: 'flagger.app/v1beta1';
  readonly kind: 'Canary';
  readonly metadata: Metadata;
  readonly spec: {
    readonly provider: 'gatewayapi:v1';
    readonly targetRef: ObjectReference;
    readonly autoscalerRef?: ObjectReference;
    readonly progressDeadlineSeconds: number;
    readonly service: {
      readonly port: number;
      readonly targetPort: number | string;
      readonly portName: string;
      readonly gatewayRefs: readonly {
        readonly group?: string;
        readonly kind?: string;
        readonly name: string;
        readonly namespace?: string;
        readonly port?: number;
      }[];
      readonly hosts?: readonly string[];
    };
    readonly analysis: {
      readonly interval: string;
      readonly threshold: number;
      readonly stepWeights: readonly number[];
      readonly metrics: readonly {
        readonly name: string;
        readonly interval: string;
        readonly templateRef: { readonly name: string; readonly namespace?: string };
        readonly thresholdRange: { readonly min?: number; readonly max?: number };
      }[];
    };
  };
};

export type MetricTemplate = {
  readonly apiVersion: 'flagger.app/v1beta1';
  readonly kind: 'MetricTemplate';
  readonly metadata: Metadata;
  readonly spec: {
    readonly provider: { readonly type: 'prometheus'; readonly address: string };
    readonly query: string;
  };
};

type SecretKey = { readonly name: string; readonly key: string };

export type PostgresCluster = {
  readonly apiVersion: 'postgresql.cnpg.io/v1';
  readonly kind: 'Cluster';
  readonly metadata: Metadata;
  readonly spec: {
    readonly instances: number;
    readonly imageName: string;
    readonly enableSuperuserAccess: boolean;
    readonly primaryUpdateStrategy: 'unsupervised' | 'supervised';
    readonly minSyncReplicas: number;
    readonly maxSyncReplicas: number;
    readonly storage: { readonly size: string; readonly storageClass?: string };
    readonly postgresql: { readonly parameters: Readonly<Record<string, string>> };
    readonly affinity: { readonly topologyKey: string };
    readonly backup?: {
      readonly retentionPolicy: string;
      readonly barmanObjectStore: {
        readonly destinationPath: string;
        readonly s3Credentials: { readonly accessKeyId: SecretKey; readonly secretAccessKey: SecretKey };
        readonly wal: { readonly compression: 'gzip' | 'bzip2' | 'snappy' };
      };
    };
  };
};
