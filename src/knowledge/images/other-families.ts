import { adoptopenjdkBuilds } from './adoptopenjdk-builds.ts';
import { alpineGlibc, alpineNode, gliderlabs } from './alpine-kin.ts';
import { archivedFamilies } from './archived.ts';
import { bun } from './bun.ts';
import { chainguardFamilies } from './chainguard.ts';
import { condaFamilies } from './conda.ts';
import { crystal } from './crystal.ts';
import { cuda } from './cuda.ts';
import { deno } from './deno.ts';
import { dlangDockerized, dlangUbuntu } from './dlang.ts';
import { dotnetFamilies } from './dotnet.ts';
import { elasticRegistry } from './elastic.ts';
import type { ImageFamily } from './family.ts';
import { gleam } from './gleam.ts';
import { hexpmFamilies } from './hexpm.ts';
import { jenkins } from './jenkins.ts';
import { libericaFamilies } from './liberica.ts';
import { linuxserverFamilies } from './linuxserver.ts';
import { muslrust } from './muslrust.ts';
import { nim } from './nim.ts';
import { opam } from './opam.ts';
import { openresty } from './openresty.ts';
import { otherDistributions } from './other-distributions.ts';
import { otherServices } from './other-services.ts';
import { frankenphp } from './php-applications.ts';
import { phusion } from './phusion.ts';
import { playwright, playwrightPython } from './playwright.ts';
import { redHatMirrors, ubiFamilies } from './red-hat.ts';
import { rustNightly } from './rust.ts';
import { scalaSbtFamilies } from './scala-sbt.ts';
import { ubiNodejsFamilies } from './ubi-nodejs.ts';
import { ubiOpenjdkFamilies } from './ubi-openjdk.ts';
import { ubiPythonFamilies } from './ubi-python.ts';
import { uv } from './uv.ts';
import { webdevopsFamilies } from './webdevops.ts';
import { zuluFamilies } from './zulu.ts';

/** Families that are no official images of Docker Hub, by the name behind FROM without `docker.io/`. */
export const otherFamilies: Readonly<Record<string, ImageFamily>> = {
  ...adoptopenjdkBuilds,
  ...chainguardFamilies,
  ...otherServices,
  ...otherDistributions,
  ...archivedFamilies,
  ...linuxserverFamilies,
  ...dotnetFamilies,
  ...hexpmFamilies,
  ...scalaSbtFamilies,
  ...redHatMirrors,
  ...ubiFamilies,
  ...ubiNodejsFamilies,
  ...ubiOpenjdkFamilies,
  ...ubiPythonFamilies,
  ...condaFamilies,
  ...elasticRegistry,
  ...libericaFamilies,
  ...webdevopsFamilies,
  ...zuluFamilies,
  'clux/muslrust': muslrust,
  'crystallang/crystal': crystal,
  'denoland/deno': deno,
  'dunglas/frankenphp': frankenphp,
  'dlang2/dmd-ubuntu': dlangUbuntu,
  'dlang2/ldc-ubuntu': dlangUbuntu,
  'dlangdockerized/dmd': dlangDockerized,
  'dlangdockerized/ldc': dlangDockerized,
  'ghcr.io/astral-sh/uv': uv,
  'ghcr.io/rust-lang/rust': rustNightly,
  'astral/uv': uv,
  'ghcr.io/gleam-lang/gleam': gleam,
  'nimlang/nim': nim,
  'nvidia/cuda': cuda,
  'frolvlad/alpine-glibc': alpineGlibc,
  'gliderlabs/alpine': gliderlabs,
  'jenkins/jenkins': jenkins,
  'mhart/alpine-node': alpineNode,
  'mcr.microsoft.com/playwright': playwright,
  'mcr.microsoft.com/playwright/python': playwrightPython,
  'phusion/baseimage': phusion,
  'oven/bun': bun,
  'openresty/openresty': openresty,
  'ocaml/opam': opam,
  'ocurrent/opam': opam,
  'rustlang/rust': rustNightly,
};

/** The family of an image that is not an official one; undefined of one that nothing is known of. */
export function otherFamily(name: string): ImageFamily | undefined {
  const bare = name.replace(/^(?:index\.)?docker\.io\//, '');
  return Object.hasOwn(otherFamilies, bare) ? otherFamilies[bare] : undefined;
}
