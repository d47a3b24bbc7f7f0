import type { PurposeRules } from './table.ts';

/**
 * Packages of vendors' own repositories, which no distribution's index has, by the vendor's own words for them:
 * https://docs.docker.com/engine/install/, https://www.google.com/linuxrepositories/, https://adoptium.net/installation/linux/,
 * https://docs.azul.com/core/install/debian, https://docs.confluent.io/, https://www.mongodb.com/docs/manual/installation/,
 * https://classic.yarnpkg.com/en/docs/install, https://docs.gitlab.com/runner/install/, https://www.erlang-solutions.com/downloads/
 */
export const VENDORS: PurposeRules = [
  [
    /^(lxc-docker|docker-(engine|ce|ee)(-cli|-rootless-extras)?|containerd\.io|docker-(buildx|compose)-plugin)$/,
    'service',
  ],
  [
    /^google-chrome-(stable|beta|unstable)$|^(spotify-client|slack-desktop|skypeforlinux|code|winehq-\w+|wine32)$/,
    'desktop',
  ],
  [
    /^(google-cloud-(sdk|cli)|azure-cli|gitlab-ci-multi-runner|gitlab-runner|phantomjs|pt?paasta-tools|yubikey-\w+-manager)$/,
    'tool',
  ],
  [
    /^(oracle-java\d+-(installer|set-default|unlimited-jce-policy)|temurin-\d+-j(re|dk)|zulu-?\d+(-\w+)*|adoptopenjdk-.*|msopenjdk-\d+)$/,
    'language',
  ],
  [
    /^(yarn|esl-erlang|hhvm|dotnet-(sdk|dev|runtime)-.*|aspnetcore-runtime-.*|powershell|groovy2|rakudo-pkg)$/,
    'language',
  ],
  [
    /^(mesos|marathon|chronos|cassandra(-tools)?|confluent-.*|kudu(-\w+)?|ambari-\w+|mongo(db-org.*|-10gen.*)|rethinkdb)$/,
    'service',
  ],
  [
    /^(percona-(server|xtra).*|influxdb|grafana|telegraf|kibana|logstash|filebeat|jenkins|newrelic-.*|datadog-agent|salt-\w+|puppetdb-.*)$/,
    'service',
  ],
];
