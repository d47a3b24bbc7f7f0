import { describe, expect, it } from 'vitest';
import { encodeFamily, readTable } from '../../src/dev/generate-tags.ts';
import { tagInfo } from '../../src/knowledge/images/tag-table.ts';
import { describeImage, isWindowsImage, runtimeCandidates, tagExists } from '../../src/knowledge/images.ts';

function facts(reference: string) {
  const found = describeImage(reference);
  if (found === null) throw new Error(`${reference} is unknown`);
  return found;
}

function ladder(reference: string): string[] {
  return runtimeCandidates(reference, facts(reference)).map(({ image }) => image);
}

const distroless = (number: number) =>
  ['static', 'base', 'cc'].map((kind) => `gcr.io/distroless/${kind}-debian${number}`);

describe('tagInfo', () => {
  it('reads the release, the state and the month of a tag', () => {
    expect(tagInfo('golang', '1.22')).toEqual({ release: 'bookworm', current: false, last: '2025-02' });
    expect(tagInfo('golang', '1.7-alpine')).toEqual({ release: 'alpine3.4', current: false, last: '2017-08' });
    expect(tagInfo('debian', 'stable')).toMatchObject({ release: null, current: true });
    expect(tagInfo('alpine', '3.20')?.release).toBeNull();
  });

  it('knows no tag that is only part of one, and no image that is not tabled', () => {
    expect(tagInfo('golang', '1.2')?.release ?? null).toBeNull();
    expect(tagInfo('golang', '.22')).toBeNull();
    expect(tagInfo('golang', '1.22-')).toBeNull();
    expect(tagInfo('golang', '99.1')).toBeNull();
    expect(tagInfo('nginx', 'rc')).toBeNull();
    expect(tagInfo('toString', 'latest')).toBeNull();
  });

  it('drops Windows and previews of Java when it is compiled', () => {
    const rows = readTable(
      'image\ttag\tlast\tcurrent\trelease\ngolang\t1\t2024-01-02\t1\tbookworm\ngolang\t1-alpine\t2024-01-02\t1\talpine3.19\n' +
        'golang\t1-nanoserver\t2024-01-02\t1\t\nopenjdk\t17-ea-3-jdk\t2021-01-02\t0\tbullseye\nunheard-of\t1\t2024-01-02\t1\t\n',
    );
    expect(rows.map(({ tag }) => tag)).toEqual(['1', '1-alpine']);
    expect(encodeFamily(rows)).toBe('bookworm alpine3.19|// /-alpine/|;1=0.0.3o!,1.1.3o!;');
  });
});

describe('describeImage', () => {
  it.each([
    ['golang:1.22', 'golang', 'debian', 'bookworm'],
    ['golang:1.7', 'golang', 'debian', 'jessie'],
    ['golang:1.7-alpine', 'golang', 'alpine', '3.4'],
    ['golang:1.6.2', 'golang', 'debian', 'jessie'],
    ['golang:1.3', 'golang', 'debian', null],
    ['node:8.9.1-slim', 'node', 'debian', 'jessie'],
    ['node:10.13.0-slim', 'node', 'debian', null],
    ['python:3.5.2', 'python', 'debian', 'jessie'],
    ['golang:1.99-bookworm', 'golang', 'debian', 'bookworm'],
    ['golang:1.99', 'golang', 'debian', null],
    [
      'docker.io/library/rust:1.82@sha256:d9c3c6f1264a547d84560e06ffd79ed7a799ce0bff0980b26cf10d29af888377',
      'rust',
      'debian',
      'bookworm',
    ],
    ['library/node:20', 'node', 'debian', 'bookworm'],
    ['public.ecr.aws/docker/library/node:20-slim', 'node', 'debian', 'bookworm'],
    ['registry.docker.com/library/ruby:3.2.2-slim', 'ruby', 'debian', 'bookworm'],
    ['arm32v7/alpine:3.18.4', 'alpine', 'alpine', '3.18'],
    ['rust:1.33', 'rust', 'debian', 'stretch'],
    ['debian:12.5', 'debian', 'debian', 'bookworm'],
    ['debian:stable-slim', 'debian', 'debian', 'trixie'],
    ['debian:7.2', 'debian', 'debian', 'wheezy'],
    ['ubuntu:22.04', 'ubuntu', 'ubuntu', 'jammy'],
    ['ubuntu:18.10', 'ubuntu', 'ubuntu', 'cosmic'],
    ['eclipse-temurin:17-jre-alpine-3.20', 'eclipse-temurin', 'alpine', '3.20'],
    ['openjdk:8-jdk-alpine', 'openjdk', 'alpine', '3.9'],
  ])('%s', (reference, family, distribution, release) => {
    expect(facts(reference)).toMatchObject({ family, distribution, release });
  });

  it('says nothing of images, tags and distributions it does not know', () => {
    for (const reference of [
      'mycompany/golang:1.22',
      'ghcr.io/acme/node:20',
      'golang:$VERSION',
      'golang@sha256:d9c3c6f1264a547d84560e06ffd79ed7a799ce0bff0980b26cf10d29af888377',
      'golang:1.4-onbuild',
      'maven:3-amazoncorretto-17-debian',
      'gradle:8-jdk17-graal',
      'golang:1.22-windowsservercore',
      'constructor',
      '',
    ]) {
      expect(describeImage(reference), reference).toBeNull();
    }
  });

  it('gives the configuration', () => {
    const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    expect(facts('golang:1.22')).toMatchObject({
      env: { PATH: `/go/bin:/usr/local/go/bin:${path}`, GOPATH: '/go', GOTOOLCHAIN: 'local' },
      workdir: '/go',
      cmd: ['bash'],
      entrypoint: null,
      toolchain: true,
    });
    expect(facts('golang:1.20').env).not.toHaveProperty('GOTOOLCHAIN');
    expect(facts('golang').env).toHaveProperty('GOTOOLCHAIN', 'local');
    expect(facts('rust:1.82-slim').env.PATH).toBe(`/usr/local/cargo/bin:${path}`);
    expect(facts('python:3.11').env).toEqual({ PATH: `/usr/local/bin:${path}`, LANG: 'C.UTF-8' });
    expect(facts('python:3.13').env).toEqual({ PATH: `/usr/local/bin:${path}` });
    expect(facts('python').env).not.toHaveProperty('LANG');
    expect(facts('node:20')).toMatchObject({
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['node'],
      interpreter: 'node',
    });
    expect(facts('node:6').entrypoint).toBeNull();
    expect(facts('php:8.2-apache')).toMatchObject({
      workdir: '/var/www/html',
      exposes: ['80'],
      stopSignal: 'SIGWINCH',
    });
    expect(facts('alpine:3').cmd).toEqual(['/bin/sh']);
  });

  it('tells programs, certificates and time zones', () => {
    expect(facts('golang:1.22').programs).toEqual(expect.arrayContaining(['git', 'curl', 'gcc', 'make', 'go']));
    expect(facts('golang:1.22-alpine').programs).not.toContain('git');
    expect(facts('node:20-slim').programs).not.toContain('git');
    expect(facts('node:20').hasCertificates).toBe(true);
    expect(facts('node:20-slim').hasCertificates).toBe(false);
    expect(facts('python:3.11-slim')).toMatchObject({ hasCertificates: true, hasTimeZones: true });
    expect(facts('debian:bookworm-slim')).toMatchObject({ hasCertificates: false, hasTimeZones: true });
    expect(facts('debian:trixie-slim').hasTimeZones).toBe(false);
    expect(facts('gcr.io/distroless/static-debian12')).toMatchObject({ hasCertificates: true, hasTimeZones: true });
    expect(facts('scratch')).toMatchObject({ shell: false, hasCertificates: false, env: {} });
  });
});

describe('runtimeCandidates', () => {
  it.each<[string, string[]]>([
    ['golang:1.22', ['scratch', ...distroless(12), 'debian:bookworm-slim', 'golang:1.22']],
    ['golang:1.7', ['scratch', 'debian:jessie-slim', 'golang:1.7']],
    ['golang:1.7-alpine', ['scratch', 'alpine:3.4', 'golang:1.7-alpine']],
    ['golang:1.99', ['scratch', 'golang:1.99']],
    ['rust:1.33', ['scratch', 'debian:stretch-slim', 'rust:1.33']],
    ['rust:1.82-slim-bullseye', ['scratch', ...distroless(11), 'debian:bullseye-slim', 'rust:1.82-slim-bullseye']],
    [
      'docker.io/library/golang:1.22-alpine3.20',
      ['scratch', 'docker.io/library/alpine:3.20', 'docker.io/library/golang:1.22-alpine3.20'],
    ],
    ['arm32v7/golang:1.22', ['scratch', 'arm32v7/debian:bookworm-slim', 'arm32v7/golang:1.22']],
    ['gcc:12.2-bullseye', ['scratch', ...distroless(11), 'debian:bullseye-slim', 'gcc:12.2-bullseye']],
    ['debian:12', ['scratch', ...distroless(12), 'debian:12-slim', 'debian:12']],
    ['debian:bookworm', ['scratch', ...distroless(12), 'debian:bookworm-slim', 'debian:bookworm']],
    ['debian', ['scratch', ...distroless(13), 'debian:trixie-slim', 'debian']],
    ['debian:stable', ['scratch', ...distroless(13), 'debian:stable-slim', 'debian:stable']],
    ['debian:9-slim', ['scratch', 'debian:9-slim']],
    ['ubuntu:22.04', ['scratch', 'ubuntu:22.04']],
    ['alpine', ['scratch', 'alpine']],
    ['node', ['node:slim', 'node']],
    ['node:lts', ['node:lts-slim', 'node:lts']],
    ['node:20', ['node:20-slim', 'node:20']],
    ['node:20-bookworm', ['node:20-bookworm-slim', 'node:20-bookworm']],
    ['node:20-alpine', ['node:20-alpine']],
    [
      'public.ecr.aws/docker/library/node:20',
      ['public.ecr.aws/docker/library/node:20-slim', 'public.ecr.aws/docker/library/node:20'],
    ],
    ['python:3.11', ['python:3.11-slim', 'python:3.11']],
    ['python:3.11-bookworm', ['python:3.11-slim-bookworm', 'python:3.11-bookworm']],
    ['python:latest', ['python:slim', 'python:latest']],
    ['ruby:3.2-bullseye', ['ruby:3.2-slim-bullseye', 'ruby:3.2-bullseye']],
    ['php:8.2-fpm', ['php:8.2-fpm']],
    ['nginx:1.25', ['nginx:1.25']],
    ['eclipse-temurin:17-jdk', ['eclipse-temurin:17-jre', 'eclipse-temurin:17-jre-resolute', 'eclipse-temurin:17-jdk']],
    ['eclipse-temurin:17-jdk-alpine', ['eclipse-temurin:17-jre-alpine', 'eclipse-temurin:17-jdk-alpine']],
    ['openjdk:8-jdk', ['openjdk:8-jre', 'openjdk:8-jdk']],
    ['maven:3-jdk-8', ['openjdk:8-jre', 'maven:3-jdk-8']],
    ['gradle:7.6-jdk17-jammy', ['eclipse-temurin:17-jre-jammy', 'gradle:7.6-jdk17-jammy']],
  ])('%s', (reference, expected) => {
    expect(ladder(reference)).toEqual(expected);
  });

  it('does not pair a digest with a sibling that has none', () => {
    const digest = '@sha256:d9c3c6f1264a547d84560e06ffd79ed7a799ce0bff0980b26cf10d29af888377';
    expect(ladder(`node:20${digest}`)).toEqual([`node:20${digest}`]);
    expect(ladder(`golang:1.22${digest}`)).toContain('debian:bookworm-slim');
  });

  it('names existing images only, and never an older release', () => {
    for (const reference of [
      'golang:1.22',
      'node:20',
      'python:3.7',
      'ruby:2.7',
      'maven:3.9-eclipse-temurin-17',
      'perl:5.36',
    ]) {
      for (const { image, rung, proof } of runtimeCandidates(reference, facts(reference))) {
        expect(tagExists(image), image).toBe(true);
        expect(proof).toMatch(/\.$/);
        if (rung === 'language-slim') expect(facts(image).distribution).toBe(facts(reference).distribution);
      }
    }
  });
});

describe('isWindowsImage', () => {
  it('knows them by their names', () => {
    for (const reference of [
      'mcr.microsoft.com/windows/servercore:ltsc2022',
      'mcr.microsoft.com/windows/nanoserver:1809',
      'golang:1.22-windowsservercore',
      'mcr.microsoft.com/dotnet/framework/aspnet:4.8',
      'microsoft/dotnet-framework:4.7',
      'openjdk:11-nanoserver',
      'python:3.11-windowsservercore-ltsc2022',
    ]) {
      expect(isWindowsImage(reference), reference).toBe(true);
    }
    for (const reference of ['golang:1.22', 'mcr.microsoft.com/dotnet/sdk:8.0', 'scratch', 'debian']) {
      expect(isWindowsImage(reference), reference).toBe(false);
    }
  });
});
