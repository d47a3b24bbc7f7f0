import { describe, expect, it } from 'vitest';
import { describeImage, runtimeCandidates, tagExists } from '../../src/knowledge/images.ts';

function ladder(reference: string): string[] {
  const facts = describeImage(reference);
  return facts === null ? [] : runtimeCandidates(reference, facts).map(({ image }) => image);
}

describe('.NET images', () => {
  it('have the same version and variant under every name', () => {
    expect(ladder('mcr.microsoft.com/dotnet/sdk:8.0.401-jammy')).toEqual([
      'mcr.microsoft.com/dotnet/runtime-deps:8.0-jammy',
      'mcr.microsoft.com/dotnet/runtime:8.0-jammy',
      'mcr.microsoft.com/dotnet/aspnet:8.0-jammy',
      'mcr.microsoft.com/dotnet/sdk:8.0.401-jammy',
    ]);
    expect(ladder('mcr.microsoft.com/dotnet/core/sdk:3.1-buster')).toContain(
      'mcr.microsoft.com/dotnet/core/aspnet:3.1-buster-slim',
    );
    expect(ladder('microsoft/dotnet:2.2-sdk-bionic')).toContain('microsoft/dotnet:2.2-aspnetcore-runtime-bionic');
  });

  it('take an SDK of the 2.1 band under 300 for what it is, one of .NET Core 2.0', () => {
    expect(ladder('microsoft/dotnet:2.1.4-sdk')).toContain('microsoft/dotnet:2.0-runtime');
    expect(ladder('microsoft/dotnet:2.1.401-sdk')).toContain('microsoft/dotnet:2.1-runtime');
    expect(ladder('microsoft/dotnet:2.0.9-sdk-2.1.202-stretch')).toContain('microsoft/dotnet:2.0-runtime-stretch');
  });

  it('are unknown where a tag was never documented, or has no package manager', () => {
    for (const tag of ['8.0-stretch', '4.0', '8.0-alpine3.9', '8.0-jammy-chiseled', '9.0-azurelinux3.0', 'latest'])
      expect([tag, describeImage(`mcr.microsoft.com/dotnet/sdk:${tag}`)]).toEqual([tag, null]);
    expect(tagExists('mcr.microsoft.com/dotnet/aspnet:8.0-noble')).toBe(true);
    expect(tagExists('mcr.microsoft.com/dotnet/aspnet:3.0')).toBe(false);
  });
});
