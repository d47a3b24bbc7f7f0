import { describe, expect, it } from 'vitest';
import { describeImage, runtimeCandidates } from '../../src/knowledge/images.ts';

function facts(reference: string) {
  const found = describeImage(reference);
  if (found === null) throw new Error(`${reference} is unknown`);
  return found;
}

/** The candidates beneath the image itself, without scratch and distroless. */
function siblings(reference: string): string[] {
  return runtimeCandidates(reference, facts(reference))
    .filter(({ rung }) => /slim/.test(rung))
    .map(({ image }) => image);
}

describe('tags that name no Java', () => {
  it.each([
    ['maven', ['eclipse-temurin:26-jre', 'eclipse-temurin:26-jre-noble']],
    ['maven:3.9.9', ['eclipse-temurin:21-jre']],
    ['maven:3.6.1', ['openjdk:11-jre']],
    ['maven:3.3.9', ['openjdk:8-jre']],
    ['maven:3.8.4-openjdk-17', ['openjdk:17']],
    ['maven:3-openjdk-17-slim', ['openjdk:17-slim']],
    ['maven:3-openjdk-16', ['openjdk:16']],
  ])('%s', (reference, expected) => {
    expect(siblings(reference)).toEqual(expected);
  });

  it('are unknown where what they stand on is', () => {
    expect(describeImage('maven:3.6.3')).toBeNull();
    expect(describeImage('maven:3.0')).toBeNull();
  });
});

describe('releases by the month a tag was closed in', () => {
  it.each([
    ['elixir:1.8.1', 'stretch'],
    ['elixir:1.9.4', 'buster'],
    ['elixir:1.6', null],
    ['erlang:21.0', 'stretch'],
    ['erlang:21.99', null],
    ['erlang:22-slim', 'buster'],
    ['haskell:7.10', 'jessie'],
    ['haskell:8.2.1', 'jessie'],
    ['haskell:8.2', 'stretch'],
  ])('%s', (reference, release) => {
    expect(facts(reference).release).toBe(release);
  });

  it('leaves the old images of GHC alone that nothing is recorded of', () => {
    expect(describeImage('haskell:7.6')).toBeNull();
    expect(describeImage('haskell:8.6.5')).toBeNull();
  });
});

describe('nightly Rust', () => {
  it('stands where the official image of the same form stands', () => {
    expect(facts('rustlang/rust:nightly-slim')).toMatchObject({ release: facts('rust:slim').release, slim: true });
    expect(facts('rustlang/rust:nightly-bullseye').release).toBe('bullseye');
    expect(siblings('rustlang/rust:nightly')).toEqual(['debian:trixie-slim']);
    expect(describeImage('rustlang/rust:nightly-2019-01-01')).toBeNull();
  });
});

describe('Java of other vendors', () => {
  it.each([
    ['amazoncorretto:17', ['amazoncorretto:17-headful']],
    ['amazoncorretto:17-al2023-jdk', ['amazoncorretto:17-al2023-headful']],
    ['amazoncorretto:8-alpine3.21', ['amazoncorretto:8-alpine3.21-jre']],
    ['amazoncorretto:17-alpine', []],
    ['amazoncorretto:11-al2', []],
    ['maven:3-amazoncorretto-17', ['amazoncorretto:17-headful']],
    ['gradle:8-jdk17-corretto', ['amazoncorretto:17-al2023-headful']],
    ['gradle:9-jdk21-ubi', ['eclipse-temurin:21-jre-ubi10-minimal']],
    ['eclipse-temurin:17-ubi9-minimal', ['eclipse-temurin:17-jre-ubi9-minimal']],
    ['sapmachine:21-jdk-ubuntu-jammy', ['sapmachine:21-jre-ubuntu-jammy']],
    ['maven:3-sapmachine-21', ['sapmachine:21-jre']],
    ['ibm-semeru-runtimes:open-17-jdk-jammy', ['ibm-semeru-runtimes:open-17-jre-jammy']],
    ['ibm-semeru-runtimes:open-17-jdk', ['ibm-semeru-runtimes:open-17-jre']],
    ['tomcat:10-jdk17', ['tomcat:10-jre17']],
    ['tomcat:9.0-jdk11-temurin-jammy', ['tomcat:9.0-jre11-temurin-jammy']],
    ['tomcat:9-jdk17-openjdk', []],
    ['azul/zulu-openjdk:21', ['azul/zulu-openjdk:21-jre-latest']],
    ['azul/zulu-openjdk-alpine:17-latest', ['azul/zulu-openjdk-alpine:17-jre-latest']],
    ['azul/zulu-openjdk:17.0.9-17.46', []],
    ['azul/zulu-openjdk:14', []],
    ['bellsoft/liberica-openjdk-debian:17', ['bellsoft/liberica-openjre-debian:17']],
    ['bellsoft/liberica-openjdk-alpine:17.0.1', []],
    ['jetty:12.0-jdk17', ['jetty:12.0-jre17']],
    ['jetty:10.0-jdk11-openjdk', ['jetty:10.0-jre11-openjdk']],
    ['jetty:12.1-jdk25', []],
    ['registry.access.redhat.com/ubi8/openjdk-17:1.20', ['registry.access.redhat.com/ubi8/openjdk-17-runtime:1.20']],
    ['registry.access.redhat.com/ubi9/openjdk-17:1.21-3', []],
  ])('%s', (reference, expected) => {
    expect(siblings(reference)).toEqual(expected);
  });

  it('is where the image has it', () => {
    expect(facts('amazoncorretto:17').env.JAVA_HOME).toBe('/usr/lib/jvm/java-17-amazon-corretto');
    expect(facts('amazoncorretto:8-alpine3.21-jre').env.JAVA_HOME).toBe('/usr/lib/jvm/default-jvm/jre');
    expect(facts('tomcat:10-jre17')).toMatchObject({
      cmd: ['catalina.sh', 'run'],
      entrypoint: null,
      exposes: ['8080'],
    });
    for (const unknown of ['gradle:8-jdk17-graal', 'maven:3-azulzulu-17', 'tomcat:9-jdk15-openjdk-oraclelinux7'])
      expect(describeImage(unknown), unknown).toBeNull();
  });
});

describe('uv', () => {
  it.each([
    ['ghcr.io/astral-sh/uv:python3.12-bookworm', ['python:3.12-slim-bookworm'], 'bookworm'],
    ['ghcr.io/astral-sh/uv:0.8.3-python3.13-trixie-slim', ['python:3.13-slim-trixie'], 'trixie'],
    ['ghcr.io/astral-sh/uv:python3.12-alpine3.20', ['python:3.12-alpine3.20'], '3.20'],
    ['ghcr.io/astral-sh/uv:bookworm-slim', ['debian:bookworm-slim'], 'bookworm'],
  ])('%s', (reference, expected, release) => {
    expect(siblings(reference)).toEqual(expected);
    expect(facts(reference)).toMatchObject({ release, entrypoint: null, cmd: ['/usr/local/bin/uv'] });
  });

  it('is left alone where the tag does not tell what it stands on', () => {
    for (const tag of ['latest', '0.8', 'debian', 'python3.12-alpine', 'python3.12-trixie-dhi', 'alpine-slim'])
      expect(describeImage(`ghcr.io/astral-sh/uv:${tag}`), tag).toBeNull();
  });
});

describe('CUDA', () => {
  it.each([
    ['nvidia/cuda:12.4.1-devel-ubuntu22.04', ['nvidia/cuda:12.4.1-runtime-ubuntu22.04'], 'jammy'],
    ['nvidia/cuda:11.8.0-cudnn8-devel-ubi8', ['nvidia/cuda:11.8.0-cudnn8-runtime-ubi8'], 'el8'],
    ['nvidia/cuda:12.4.1-runtime-ubuntu22.04', [], 'jammy'],
  ])('%s', (reference, expected, release) => {
    expect(siblings(reference)).toEqual(expected);
    expect(facts(reference).release).toBe(release);
  });
});

describe("Red Hat's kin in the tags of others", () => {
  it('is known to the families that know it, and unknown to the others', () => {
    expect(facts('centos:centos7')).toMatchObject({ family: 'centos', release: 'el7' });
    expect(describeImage('swift:5.10-rhel-ubi9')).toBeNull();
    expect(facts('openjdk:17')).toMatchObject({
      release: 'el8',
      cmd: ['jshell'],
      env: { JAVA_HOME: '/usr/java/openjdk-17' },
    });
    expect(siblings('openjdk:17')).toEqual([]);
    expect(describeImage('openjdk:11-oracle')).toBeNull();
  });
});

describe('databases', () => {
  it.each([
    ['mysql:8.0-debian', 'debian', 'bookworm', ['mysqld']],
    ['mysql:8.0', 'redhat', 'el9', ['mysqld']],
    ['mariadb:10.11', 'ubuntu', 'jammy', ['mariadbd']],
    ['mongo:4.4', 'ubuntu', 'focal', ['mongod']],
  ])('%s', (reference, distribution, release, cmd) => {
    expect(facts(reference)).toMatchObject({ distribution, release, cmd });
    expect(siblings(reference)).toEqual([]);
  });

  it('are unknown where a tag does not tell the distribution', () => {
    for (const reference of ['mysql:8.0.20', 'mysql', 'mariadb:5.5', 'mongo:3'])
      expect(describeImage(reference), reference).toBeNull();
  });
});

describe("Red Hat's universal base images", () => {
  const base = 'registry.access.redhat.com/ubi9';
  it.each([
    [`${base}/ubi`, [`${base}/ubi-minimal:latest`]],
    [`${base}:9.4`, [`${base}-minimal:9.4`]],
    [`${base}/ubi:9.4-947`, []],
    [`${base}/ubi-minimal`, []],
  ])('%s', (reference, expected) => {
    expect(siblings(reference)).toEqual(expected);
  });
});

describe("Red Hat's images of Node.js", () => {
  it('have a minimal form, which lacks an account', () => {
    const reference = 'registry.access.redhat.com/ubi9/nodejs-20';
    expect(siblings(reference)).toEqual([`${reference}-minimal:latest`]);
    expect(facts(reference)).toMatchObject({ user: '1001', workdir: '/opt/app-root/src', release: 'el9' });
    expect(siblings(`${reference}:1-59`)).toEqual([]);
    expect(describeImage('registry.access.redhat.com/ubi9/nodejs-17')).toBeNull();
  });
});

describe('images with much on them and nothing smaller', () => {
  it.each([
    ['phusion/baseimage:0.9.15', 'trusty'],
    ['phusion/baseimage:0.9.19', 'xenial'],
    ['phusion/baseimage:0.10.2', 'xenial'],
    ['phusion/baseimage:jammy-1.0.1', 'jammy'],
    ['mcr.microsoft.com/playwright:v1.58.1-jammy', 'jammy'],
  ])('%s', (reference, release) => {
    expect(facts(reference)).toMatchObject({ distribution: 'ubuntu', release });
    expect(siblings(reference)).toEqual([]);
  });

  it('are unknown where the tag names no release', () => {
    for (const reference of ['phusion/baseimage', 'mcr.microsoft.com/playwright:v1.20.0'])
      expect(describeImage(reference), reference).toBeNull();
  });
});

describe('images of Hex', () => {
  it.each([
    [
      'hexpm/elixir:1.10.3-erlang-22.3.3-debian-stretch-20200224',
      ['debian:stretch-20200224-slim', 'ca-certificates libodbc1 libssl1.1 libsctp1 netbase'],
    ],
    ['hexpm/erlang:19.3-debian-stretch-20200224', null],
  ])('%s', (reference, expected) => {
    const [found] = runtimeCandidates(reference, facts(reference));
    expect(found?.rung === 'same' ? null : [found?.image, found?.packages?.join(' ')]).toEqual(expected);
  });
});

describe('images of others on Alpine and Debian', () => {
  it.each([
    ['gliderlabs/alpine:3.4', ['alpine:3.4'], '3.4'],
    ['gliderlabs/alpine', [], null],
    ['frolvlad/alpine-glibc:alpine-3.9', [], '3.9'],
    ['mhart/alpine-node:8', [], null],
    ['jenkins/jenkins:lts-jdk17', [], null],
  ])('%s', (reference, expected, release) => {
    expect(siblings(reference)).toEqual(expected);
    expect(facts(reference).release).toBe(release);
  });

  it('knows what Jenkins starts, and as whom', () => {
    expect(facts('jenkins/jenkins:2.89.4')).toMatchObject({
      user: 'jenkins',
      volumes: ['/var/jenkins_home'],
      cmd: null,
    });
    expect(facts('jenkins/jenkins:lts-alpine').distribution).toBe('alpine');
    expect(describeImage('jenkins/jenkins:lts-rhel-ubi9')).toBeNull();
  });
});

describe('images that nothing smaller is published of', () => {
  it.each([
    ['docker', 'alpine', null, ['dockerd-entrypoint.sh']],
    ['docker:17.06.1-dind', 'alpine', null, ['dockerd-entrypoint.sh']],
    ['docker:20.10', 'alpine', null, ['docker-entrypoint.sh']],
    ['docker:28.2.2-cli-alpine3.22', 'alpine', '3.22', ['docker-entrypoint.sh']],
    ['ghcr.io/linuxserver/baseimage-alpine:3.22', 'alpine', '3.22', ['/init']],
    ['lsiobase/ubuntu:jammy', 'ubuntu', 'jammy', ['/init']],
    ['dockerfile/ubuntu', 'ubuntu', 'trusty', null],
    ['tomcat:7-jre7', 'debian', null, null],
    ['public.ecr.aws/amazonlinux/amazonlinux:2023', 'redhat', 'al2023', null],
    ['quay.io/centos/centos:stream9', 'redhat', 'el9', null],
  ])('%s', (reference, distribution, release, entrypoint) => {
    expect(facts(reference)).toMatchObject({ distribution, release, entrypoint });
    expect(siblings(reference)).toEqual([]);
  });

  it('are unknown where the tag does not tell what is in it', () => {
    for (const reference of [
      'docker:dind-rootless',
      'ghcr.io/linuxserver/baseimage-alpine',
      'ghcr.io/linuxserver/baseimage-ubuntu:arm64v8-jammy',
      'dockerfile/ubuntu:14.04',
    ])
      expect(describeImage(reference), reference).toBeNull();
  });
});

describe('Wolfi', () => {
  it('has a form of Node.js without compilers, and names what programs of Go go by', () => {
    expect(siblings('cgr.dev/chainguard/node:latest-dev')).toEqual(['cgr.dev/chainguard/node:latest']);
    expect(siblings('cgr.dev/chainguard/node')).toEqual([]);
    expect(describeImage('cgr.dev/chainguard/node:20')).toBeNull();
    expect(facts('cgr.dev/chainguard/go').programVariables).toEqual(['GODEBUG']);
  });
});

describe('Rust for musl', () => {
  it.each([
    ['clux/muslrust:stable', '/opt/cargo/bin'],
    ['clux/muslrust:1.74.0-stable-2023-11-20', '/root/.cargo/bin'],
  ])('%s', (reference, folder) => {
    expect(facts(reference).env.PATH?.startsWith(folder)).toBe(true);
    expect(facts(reference).env.CARGO_BUILD_TARGET).toBe('x86_64-unknown-linux-musl');
  });

  it('is unknown without a date', () => expect(describeImage('clux/muslrust:1.74.0-stable')).toBeNull());
});

describe('applications and servers of Docker Hub', () => {
  it.each([
    ['drupal:10-fpm-alpine3.20', 'alpine', '3.20', '/opt/drupal', 'root'],
    ['drupal:8.2', 'debian', null, '/var/www/html', 'root'],
    ['wordpress:cli-php8.3', 'alpine', null, '/var/www/html', 'www-data'],
    ['composer:2', 'alpine', null, '/app', 'root'],
    ['dunglas/frankenphp:1-php8.5-bookworm', 'debian', 'bookworm', '/app', 'root'],
    ['rabbitmq:3-management', 'ubuntu', null, '/', 'root'],
    ['haproxy:2.6', 'debian', null, '/', 'haproxy'],
    ['haproxy:3.0-alpine', 'alpine', null, '/var/lib/haproxy', 'haproxy'],
    ['varnish:6.0', 'debian', null, '/etc/varnish', 'root'],
    ['cassandra:3.11', 'ubuntu', 'jammy', '/', 'root'],
    ['odoo:16.0', 'debian', 'bullseye', '/', 'odoo'],
    ['nats:2.10-alpine3.22', 'alpine', '3.22', '/', 'root'],
    ['traefik:v3.1', 'alpine', null, '/', 'root'],
    ['ros:noetic-ros-core', 'ubuntu', 'focal', '/', 'root'],
    ['ros:melodic-robot-stretch', 'debian', 'stretch', '/', 'root'],
    ['mono:6.12.0.182-slim', 'debian', 'buster', '/', 'root'],
    ['hylang:1-python3.12-bookworm', 'debian', 'bookworm', '/', 'root'],
    ['groovy:4.0-jdk17', 'ubuntu', null, '/home/groovy', '1000'],
    ['opensuse/leap:15.6', null, null, '/', 'root'],
  ])('%s stays as it is', (reference, distribution, release, workdir, user) => {
    expect(facts(reference)).toMatchObject({ distribution, release, workdir, user });
    expect(siblings(reference)).toEqual([]);
  });

  it('are left alone where a tag may have had another folder, account or distribution', () => {
    for (const reference of [
      'drupal:8.9.1',
      'composer:1.4',
      'rabbitmq:3.7',
      'varnish:7.0',
      'influxdb:1.12-alpine',
      'traefik:1.7',
      'nats:2.10',
      'caddy:2-builder',
      'mono:6.8',
      'groovy:2.4',
      'ros:next',
      'dunglas/frankenphp:builder',
    ])
      expect(describeImage(reference), reference).toBeNull();
  });
});

describe('JRuby', () => {
  it.each([
    ['jruby:9.4-jdk17', ['jruby:9.4-jre17'], 'jammy'],
    ['jruby:10.0-jdk21', ['jruby:10.0-jre21'], 'noble'],
    ['jruby:9.4.8-jdk', [], null],
    ['jruby:9.1-jdk', [], null],
    ['jruby:9.4', [], 'jammy'],
  ])('%s', (reference, expected, release) => {
    expect(siblings(reference)).toEqual(expected);
    expect(facts(reference).release).toBe(release);
  });

  it('is unknown in the middle of a line that changed its distribution', () =>
    expect(describeImage('jruby:9.2.8.0-jdk')).toBeNull());
});

describe('the official image of Nim', () => {
  it('stands on Debian 13, in a folder of its own', () => {
    expect(siblings('nim:2.2')).toEqual(['debian:trixie-slim']);
    expect(facts('nim')).toMatchObject({ workdir: '/usr/src/app', entrypoint: ['docker-entrypoint.sh'] });
  });
});

describe('images of other makers', () => {
  it.each([
    ['adoptopenjdk/openjdk11', ['adoptopenjdk/openjdk11:jre'], 'focal'],
    ['adoptopenjdk/openjdk8:jdk8u292-b10', ['adoptopenjdk/openjdk8:jre8u292-b10'], null],
    ['adoptopenjdk/openjdk8:alpine', ['adoptopenjdk/openjdk8:alpine-jre'], null],
    ['adoptopenjdk/openjdk13', ['adoptopenjdk/openjdk13:jre'], 'bionic'],
    ['adoptopenjdk/openjdk11:jre', [], 'focal'],
    ['mcr.microsoft.com/playwright/python:v1.49.1-noble', [], 'noble'],
    ['selenium/standalone-chrome:4.15.0-20231129', [], 'jammy'],
    ['selenium/node-firefox:4.1.2-20220131', [], 'focal'],
    ['bitnami/minideb:bookworm', [], 'bookworm'],
    ['google/cloud-sdk:430.0.0-alpine', [], null],
    ['jenkins/inbound-agent:latest-bookworm', [], 'bookworm'],
    ['jboss/base-jdk:11', [], 'el7'],
    ['dockerfile/nodejs', [], 'trusty'],
  ])('%s', (reference, expected, release) => {
    expect(siblings(reference)).toEqual(expected);
    expect(facts(reference).release).toBe(release);
  });

  it('are left alone where a tag does not tell what they are', () => {
    for (const reference of [
      'adoptopenjdk/openjdk8:alpine-slim',
      'selenium/hub:3.141.59',
      'selenium/hub:3.141.59-20200409',
      'selenium/hub:4.40.0-20260101',
      'selenium/base',
      'google/cloud-sdk:stable',
      'jenkins/agent:rhel-ubi9',
      'anapsix/alpine-java:9',
    ])
      expect(describeImage(reference), reference).toBeNull();
  });
});

describe('conda', () => {
  it.each([
    ['continuumio/miniconda3:24.5.0-0', 'debian', 'bookworm', null],
    ['continuumio/miniconda3:4.5.4', 'debian', null, ['/usr/bin/tini', '--']],
    ['continuumio/anaconda3', 'debian', null, null],
    ['condaforge/mambaforge:23.3.1-1', 'ubuntu', 'focal', ['tini', '--']],
    ['condaforge/miniforge3:25.3.1-0', 'ubuntu', 'noble', ['tini', '--']],
    ['mambaorg/micromamba:1.5.8-jammy', 'ubuntu', 'jammy', ['/usr/local/bin/_entrypoint.sh']],
    ['mambaorg/micromamba:2.0', 'debian', null, ['/usr/local/bin/_entrypoint.sh']],
  ])('%s', (reference, distribution, release, entrypoint) => {
    expect(facts(reference)).toMatchObject({ distribution, release, entrypoint });
    expect(siblings(reference)).toEqual([]);
  });

  it('is unknown on other distributions, and before it had its account', () => {
    for (const reference of [
      'continuumio/miniconda3:4.9.2-alpine',
      'mambaorg/micromamba:0.25.1',
      'mambaorg/micromamba:2.0-cuda12.1.1-ubuntu22.04',
    ])
      expect(describeImage(reference), reference).toBeNull();
  });
});

describe("Red Hat's images of Python", () => {
  const base = 'registry.access.redhat.com';
  it.each([
    [`${base}/ubi9/python-312`, [`${base}/ubi9/python-312-minimal:latest`]],
    [`${base}/ubi9/python-312:1-25`, []],
    [`${base}/ubi9/python-39`, []],
    [`${base}/ubi8/python-311:1`, [`${base}/ubi8/python-311-minimal:1`]],
    [`${base}/ubi10/python-312-minimal`, []],
  ])('%s', (reference, expected) => {
    expect(siblings(reference)).toEqual(expected);
    expect(facts(reference)).toMatchObject({ user: '1001', environment: '/opt/app-root', interpreter: 'python' });
  });

  it('is unknown in forms that are not made', () => expect(describeImage(`${base}/ubi9/python-39-minimal`)).toBeNull());
});

describe("Elastic's images", () => {
  it.each([
    ['elasticsearch:2.4.1', 'debian', null, 'root', '/usr/share/elasticsearch'],
    ['elasticsearch:2.1.2', 'debian', null, 'root', '/usr/share/elasticsearch'],
    ['elasticsearch:1.4.4', 'debian', null, 'root', '/'],
    ['elasticsearch:1.7', 'debian', null, 'root', '/usr/share/elasticsearch'],
    ['elasticsearch:5-alpine', 'alpine', null, 'root', '/usr/share/elasticsearch'],
    ['elasticsearch:7.7.1', 'redhat', 'el7', 'root', '/usr/share/elasticsearch'],
    ['docker.elastic.co/kibana/kibana-oss:7.7.0', 'redhat', 'el7', 'kibana', '/usr/share/kibana'],
    ['docker.elastic.co/logstash/logstash:8.12.1', 'ubuntu', 'focal', '1000', '/usr/share/logstash'],
  ])('%s', (reference, distribution, release, user, workdir) => {
    expect(facts(reference)).toMatchObject({ distribution, release, user, workdir });
    expect(siblings(reference)).toEqual([]);
  });

  it('are unknown where the sources do not tell', () => {
    for (const reference of ['elasticsearch:2.0.0-rc1', 'elasticsearch:7.17.0', 'kibana:9.0.0', 'logstash:latest'])
      expect(describeImage(reference), reference).toBeNull();
  });
});

describe('opam before 2018', () => {
  it.each([
    ['ocaml/opam:alpine-3.3_ocaml-4.02.3', 'alpine', '3.3'],
    ['ocaml/opam:ubuntu-16.04_ocaml-4.02.3', 'ubuntu', 'xenial'],
    ['ocaml/opam:debian-8_ocaml-4.03.0', 'debian', 'jessie'],
  ])('%s', (reference, distribution, release) => {
    expect(facts(reference)).toMatchObject({ distribution, release, entrypoint: ['opam', 'config', 'exec', '--'] });
  });
});

describe('official images of former years', () => {
  it.each([
    ['elasticsearch:1.4.3', 'debian', null, null],
    ['elasticsearch:1.4.4', 'debian', null, ['/docker-entrypoint.sh']],
    ['rabbitmq:3.6.9-management-alpine', 'alpine', null, ['docker-entrypoint.sh']],
    ['rabbitmq:3.6', 'debian', null, ['docker-entrypoint.sh']],
    ['rabbitmq:3.13-management', 'ubuntu', null, ['docker-entrypoint.sh']],
    ['jenkins:2.32.1-alpine', 'alpine', null, ['/bin/tini', '--', '/usr/local/bin/jenkins.sh']],
    ['mariadb:latest', 'ubuntu', 'noble', ['docker-entrypoint.sh']],
    ['neurodebian:stretch-non-free', 'debian', 'stretch', null],
    ['neurodebian:noble', 'ubuntu', 'noble', null],
    ['neurodebian', 'debian', null, null],
    ['clojure', 'debian', null, ['entrypoint']],
  ])('%s', (reference, distribution, release, entrypoint) => {
    expect(facts(reference)).toMatchObject({ distribution, release, entrypoint });
    expect(siblings(reference)).toEqual([]);
  });

  it('are unknown where the sources do not tell', () => {
    for (const reference of ['rabbitmq:3.7', 'rabbitmq:3.6.1', 'jenkins:1.651.3', 'neurodebian:nd90'])
      expect(describeImage(reference), reference).toBeNull();
  });
});

describe("webdevops' images", () => {
  it.each([
    ['webdevops/bootstrap:ubuntu-22.04', 'ubuntu', 'jammy', null],
    ['webdevops/base', 'ubuntu', 'jammy', ['/entrypoint']],
    ['webdevops/base-app:alpine', 'alpine', null, ['/entrypoint']],
    ['webdevops/php:7.0', 'debian', 'stretch', ['/entrypoint']],
    ['webdevops/php-nginx:7.4', 'debian', 'buster', ['/entrypoint']],
    ['webdevops/php-apache:8.1-alpine', 'alpine', null, ['/entrypoint']],
  ])('%s', (reference, distribution, release, entrypoint) => {
    expect(facts(reference)).toMatchObject({ distribution, release, entrypoint });
  });

  it('are unknown of releases whose sources are gone', () => {
    for (const reference of ['webdevops/base:ubuntu-16.04', 'webdevops/php:ubuntu-16.04', 'webdevops/php:5.5'])
      expect(describeImage(reference), reference).toBeNull();
  });
});
