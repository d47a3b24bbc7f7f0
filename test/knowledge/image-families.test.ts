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
    ['maven:3.9.9', []],
    ['maven:3.6.1', ['openjdk:11-jre']],
    ['maven:3.3.9', ['openjdk:8-jre']],
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
