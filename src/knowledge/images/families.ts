import { adoptopenjdk } from './adoptopenjdk.ts';
import { alpine } from './alpine.ts';
import { amazoncorretto } from './amazoncorretto.ts';
import { buildpackDeps } from './buildpack-deps.ts';
import { busybox } from './busybox.ts';
import { clojure } from './clojure.ts';
import { dart } from './dart.ts';
import { mariadb, mongo, mysql } from './databases.ts';
import { debian } from './debian.ts';
import { docker } from './docker.ts';
import { eclipseTemurin } from './eclipse-temurin.ts';
import { elasticFamilies } from './elastic.ts';
import { elixir, erlang } from './erlang.ts';
import type { ImageFamily } from './family.ts';
import { gcc } from './gcc.ts';
import { golang } from './golang.ts';
import { gradle } from './gradle.ts';
import { haskell } from './haskell.ts';
import { java } from './java.ts';
import { formerJenkins } from './jenkins.ts';
import { jetty } from './jetty.ts';
import { jruby } from './jruby.ts';
import { maven } from './maven.ts';
import { neurodebian } from './neurodebian.ts';
import { nginx } from './nginx.ts';
import { officialNim } from './nim.ts';
import { node } from './node.ts';
import { openjdk } from './openjdk.ts';
import { officialDistributions } from './other-distributions.ts';
import { perl } from './perl.ts';
import { php } from './php.ts';
import { phpApplications } from './php-applications.ts';
import { pypy } from './pypy.ts';
import { python } from './python.ts';
import { redHatFamilies } from './red-hat.ts';
import { ros } from './robots.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { sapmachine } from './sapmachine.ts';
import { semeru } from './semeru.ts';
import { httpd, postgres, redis } from './servers.ts';
import { services } from './services.ts';
import { smallLanguages } from './small-languages.ts';
import { swift } from './swift.ts';
import { tomcat } from './tomcat.ts';
import { ubuntu } from './ubuntu.ts';

/** By the name of the official image. */
export const imageFamilies: Readonly<Record<string, ImageFamily>> = {
  ...officialDistributions,
  ...elasticFamilies,
  ...phpApplications,
  ...services,
  ...smallLanguages,
  adoptopenjdk,
  ...redHatFamilies,
  alpine,
  amazoncorretto,
  'buildpack-deps': buildpackDeps,
  busybox,
  dart,
  clojure,
  debian,
  docker,
  'eclipse-temurin': eclipseTemurin,
  elixir,
  erlang,
  gcc,
  golang,
  gradle,
  haskell,
  httpd,
  java,
  jenkins: formerJenkins,
  jetty,
  jruby,
  mariadb,
  maven,
  mongo,
  mysql,
  neurodebian,
  nginx,
  nim: officialNim,
  node,
  openjdk,
  perl,
  php,
  pypy,
  postgres,
  python,
  redis,
  ros,
  ruby,
  rust,
  sapmachine,
  'ibm-semeru-runtimes': semeru,
  swift,
  tomcat,
  ubuntu,
};
