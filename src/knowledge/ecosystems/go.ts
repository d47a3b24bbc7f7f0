import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import {
  build,
  caches,
  fetch,
  fetchVendored,
  get,
  install,
  OPEN_FLAGS,
  singleDashes,
  VALUE_FLAGS,
} from '../go/build.ts';
import { generate, runs, swag } from '../go/generate.ts';
import { goreleaser } from '../go/goreleaser.ts';
import { mage } from '../go/mage.ts';
import { CHECKERS, debugsProgram, GENERATORS, RUNNERS } from '../go/tools.ts';
import { traits } from '../go/traits.ts';
import { unpacked } from '../toolchain-archives.ts';

/** The archives of https://go.dev/dl hold one folder, `go`, with the compiler and nothing that a program reads but zones. */
function unpack(call: ToolCall, words: ParsedWords): BuildEffect[] | null {
  const archive = /(?:^|[\s/])go\d+(?:\.\d+){0,2}(?:(?:beta|rc)\d+)?\.linux-\w+\.tar\.gz(?:\s|$)/;
  const named = [...call.argv, call.memory.get('stdin') ?? ''].some((word) => word !== null && archive.test(word));
  const into = words.flags.get('-C') ?? words.flags.get('--directory') ?? '.';
  if (!named || typeof into !== 'string') return null;
  const strip = words.flags.get('--strip-components') ?? words.flags.get('--strip');
  const root = strip === undefined ? `${into}/go` : strip === '1' ? into : null;
  return root === null ? null : [{ kind: 'toolchain', path: resolvePath(call.cwd, root) }, ...unpacked(call, archive)];
}

/** Go: https://go.dev/ref/mod, https://pkg.go.dev/cmd/go */
export const go: Ecosystem = {
  id: 'go',
  docs: 'https://pkg.go.dev/cmd/go',
  interpreted: false,
  // https://pkg.go.dev/crypto/x509 (root_linux.go), https://pkg.go.dev/time#LoadLocation
  runtimeData: {
    certificates: '/etc/ssl/certs/ca-certificates.crt',
    timeZones: { family: 'golang', root: '/usr/local/go', path: 'lib/time/zoneinfo.zip' },
  },
  runners: RUNNERS,
  runsArtifact: debugsProgram,
  // https://pkg.go.dev/cmd/go#hdr-File_types: a program may have use for sources in C, none for headers and assembly.
  compileInput: (path) =>
    /(\.(go|h|hh|hpp|hxx|s|S|syso)|(^|\/)go\.(mod|sum|work)|(^|\/)go\.work\.sum|(^|\/)(Gopkg|glide)\.(toml|lock|yaml))$/.test(
      path,
    ) || /(^|\/)vendor\//.test(path),
  rules: [
    // https://github.com/burrowers/garble, https://github.com/gobuffalo/packr: they take the flags of go.
    {
      id: 'build',
      tools: ['go', 'garble', 'richgo', 'packr', 'packr2', 'govvv', 'tinygo'],
      subcommands: ['build'],
      valueFlags: VALUE_FLAGS,
      openFlags: OPEN_FLAGS,
      says: 'compiles a program',
      example: 'go build -o /bin/app ./cmd/app',
      read: (call, words) => build(call, singleDashes(words)),
    },
    {
      id: 'install',
      tools: ['go', 'go-wrapper', 'packr', 'packr2'],
      subcommands: ['install'],
      valueFlags: VALUE_FLAGS,
      openFlags: OPEN_FLAGS,
      says: 'compiles and installs a program',
      example: 'go install ./cmd/app',
      read: (call, words) => install(call, singleDashes(words)),
    },
    {
      id: 'get',
      tools: ['go'],
      subcommands: ['get'],
      valueFlags: VALUE_FLAGS,
      openFlags: OPEN_FLAGS,
      says: 'fetches packages',
      example: 'go get -d ./...',
      read: (call, words) => get(call, singleDashes(words)),
    },
    {
      id: 'fetch',
      tools: ['go', 'go-wrapper'],
      subcommands: ['mod', 'download', 'work'],
      says: 'fetches modules for the compiler',
      example: 'go mod download',
      read: fetch,
    },
    {
      id: 'dep',
      tools: ['dep', 'glide', 'govendor', 'godep', 'gvt', 'gvm-pkgset', 'gpm'],
      subcommands: null,
      says: 'fetches packages for the compiler',
      example: 'dep ensure -vendor-only',
      read: fetchVendored,
    },
    {
      id: 'run',
      tools: ['go'],
      subcommands: ['run', 'tool'],
      valueFlags: VALUE_FLAGS,
      says: 'runs a program of the sources',
      example: 'go run github.com/a-h/templ/cmd/templ@v0.2.663 generate',
      read: runs,
    },
    {
      id: 'check',
      tools: ['go'],
      subcommands: ['vet', 'test', 'version', 'env', 'list', 'fmt', 'clean', 'help', 'doc', 'fix', 'telemetry', 'bug'],
      valueFlags: VALUE_FLAGS,
      says: 'checks the sources',
      example: 'go vet ./...',
      read: (call) => [...caches(call), { kind: 'checks' }],
    },
    {
      id: 'unpack',
      tools: ['tar'],
      subcommands: null,
      valueFlags: ['-C', '--directory', '-f', '--file', '--strip-components', '--strip'],
      says: 'unpacks the compiler',
      example: 'tar -C /usr/local -xzf go1.22.5.linux-amd64.tar.gz',
      read: unpack,
    },
    {
      id: 'check',
      tools: CHECKERS,
      subcommands: null,
      says: 'checks the sources',
      example: 'golangci-lint run',
      read: () => [{ kind: 'checks' }],
    },
    {
      id: 'mage',
      tools: ['mage'],
      subcommands: null,
      valueFlags: ['-d', '-w', '-t', '-goos', '-goarch', '-gocmd', '-ldflags', '-compile'],
      says: 'runs targets of its file',
      example: 'mage build',
      read: mage,
    },
    {
      id: 'goreleaser',
      tools: ['goreleaser'],
      subcommands: ['build', 'release', 'check', 'healthcheck', 'completion', 'init'],
      valueFlags: ['-o', '--output', '-f', '--config', '--id', '-p', '--parallelism', '--timeout', '--skip'],
      says: 'compiles programs for each target',
      example: 'goreleaser build --single-target -o /bin/app',
      read: goreleaser,
    },
    {
      id: 'generate',
      tools: ['go'],
      subcommands: ['generate'],
      valueFlags: ['-run', '-skip', '-C'],
      says: 'generates sources',
      example: 'go generate ./...',
      read: generate,
    },
    {
      id: 'generator',
      tools: GENERATORS,
      subcommands: null,
      says: 'generates sources',
      example: 'templ generate',
      read: (call) => [{ kind: 'compiles', folder: call.cwd }],
    },
    {
      id: 'swag',
      tools: ['swag'],
      subcommands: null,
      valueFlags: ['-g', '--generalInfo', '-d', '--dir', '-o', '--output', '--exclude', '-p'],
      says: 'generates sources and documents',
      example: 'swag init -g cmd/app/main.go',
      read: swag,
    },
  ],
  traits,
};
